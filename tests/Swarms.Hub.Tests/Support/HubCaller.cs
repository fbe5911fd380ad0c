using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A plain SignalR client over WebSockets, without the SDK.</summary>
internal sealed class HubCaller : IAsyncDisposable
{
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubCaller(HubConnection connection)
    {
        Connection = connection;
        connection.Closed += exception =>
        {
            _closed.TrySetResult(exception);
            return Task.CompletedTask;
        };
    }

    public HubConnection Connection { get; }

    public Task<Exception?> Closed => _closed.Task;

    public static async Task<HubCaller> ConnectAsync(Caller caller, string path = "/hub", params (string Name, string Value)[] headers)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(caller.Address, path), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            if (caller.Token is not null)
                options.Headers["Authorization"] = $"Bearer {caller.Token}";

            foreach (var (name, value) in headers)
                options.Headers[name] = value;
        }).Build();
        await connection.StartAsync(TestContext.Current.CancellationToken).InTime();
        return new HubCaller(connection);
    }

    public Task<JsonElement> InvokeAsync(string method, params object?[] arguments) =>
        Connection.InvokeCoreAsync<JsonElement>(method, arguments, TestContext.Current.CancellationToken).InTime();

    /// <summary>Requires that the call is refused with the code and one sentence, and that the connection survives.</summary>
    public async Task IsRefusedAsync(string code, string method, params object?[] arguments) =>
        IsRefusal(code, await Assert.ThrowsAsync<HubException>(() => InvokeAsync(method, arguments)));

    public static void IsRefusal(string code, HubException exception)
    {
        const string Marker = "HubException: ";
        var at = exception.Message.LastIndexOf(Marker, StringComparison.Ordinal);
        Assert.True(at >= 0, exception.Message);
        var words = exception.Message[(at + Marker.Length)..];
        Assert.StartsWith($"{code}: ", words, StringComparison.Ordinal);
        Answer.IsSentence(words[(code.Length + 2)..]);
        Leaks.Refuse(words);
    }

    /// <summary>Watches a room; the channel returns its frames and the refusal with which it ends.</summary>
    public ChannelReader<JsonElement> Watch(string room, string? cursor = null)
    {
        var frames = Channel.CreateUnbounded<JsonElement>();
        _ = PumpAsync();
        return frames.Reader;

        async Task PumpAsync()
        {
            try
            {
                var stream = Connection.StreamAsyncCore<JsonElement>("WatchRoom", [room, cursor], TestContext.Current.CancellationToken);
                await foreach (var frame in stream)
                    frames.Writer.TryWrite(frame);

                frames.Writer.TryComplete();
            }
            catch (Exception e)
            {
                frames.Writer.TryComplete(e);
            }
        }
    }

    /// <summary>Requires that the stream ends with this refusal.</summary>
    public static async Task EndsAsync(ChannelReader<JsonElement> frames, string code)
    {
        var ending = ReadAllAsync().InTime();
        IsRefusal(code, await Assert.ThrowsAsync<HubException>(() => ending));

        async Task ReadAllAsync()
        {
            await foreach (var _ in frames.ReadAllAsync(TestContext.Current.CancellationToken))
            {
            }
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
