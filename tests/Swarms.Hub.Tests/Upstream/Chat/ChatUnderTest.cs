using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>A server that speaks one vendor's protocol, and the hub's upstream for it, composed as the hub composes it.</summary>
internal sealed class ChatUnderTest : IAsyncDisposable
{
    public const string Key = "sk-0123456789";

    private readonly ServiceProvider _services;

    private ChatUnderTest(Vendor vendor, ScriptedUpstream server, TimeProvider? time, (string Name, string Value)[] settings)
    {
        (Vendor, Server) = (vendor, server);
        _services = Compose(
            time,
            [
                ("Upstream:Kind", vendor.Kind), ("Upstream:BaseAddress", vendor.Address(server.BaseAddress)), ("Upstream:ApiKey", Key),
                .. settings,
            ]);
    }

    public Vendor Vendor { get; }

    public ScriptedUpstream Server { get; }

    public IUpstream Upstream => _services.GetRequiredService<IUpstream>();

    public static ServiceProvider Compose(TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        if (time is not null)
            collection.AddSingleton(time);

        var values = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        collection.AddUpstream();
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public static async Task<ChatUnderTest> StartAsync(
        string kind, TimeProvider? time = null, params (string Name, string Value)[] settings) =>
        new(Vendor.Of(kind), await ScriptedUpstream.StartAsync(), time, settings);

    /// <summary>Scripts the next answer with the vendor's content type.</summary>
    public ScriptedAnswer Answer() => Server.Answer(200, Vendor.ContentType);

    public Task<UpstreamResponse> SendAsync(object? request = null, bool isStreamed = true, CancellationToken? cancellationToken = null) =>
        Upstream.SendAsync(
            new(RunKinds.Agent, Body(request), isStreamed), cancellationToken ?? TestContext.Current.CancellationToken).InTime();

    /// <summary>Sends a request and reads its answer to the end: types with data.</summary>
    public async Task<List<(string Type, JsonElement Data)>> ReadAsync(object? request = null)
    {
        await using var response = await SendAsync(request);
        return await ReadAsync(response);
    }

    public static async Task<List<(string Type, JsonElement Data)>> ReadAsync(UpstreamResponse response)
    {
        var read = new List<(string, JsonElement)>();
        await foreach (var frame in response.ReadFramesAsync(TestContext.Current.CancellationToken))
        {
            if (frame.Event is { } made)
                read.Add((made.Type, JsonElement.Parse(made.Data.Span)));
        }

        return read;
    }

    public async Task<UpstreamException> RefusalAsync(object? request = null) =>
        await Assert.ThrowsAsync<UpstreamException>(() => SendAsync(request));

    public static string Text(IEnumerable<(string Type, JsonElement Data)> events) =>
        string.Concat(events.Where(made => made.Type == EventTypes.Chunk).Select(made => made.Data.GetProperty("content").GetString()));

    public static string Types(IEnumerable<(string Type, JsonElement Data)> events) => string.Join(' ', events.Select(made => made.Type));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static byte[] Body(object? request) => request is string json
        ? Encoding.UTF8.GetBytes(json)
        : JsonSerializer.SerializeToUtf8Bytes(
            request ?? new { agent_config = new { agent_name = "Poet", model_name = "m1" }, task = "Say it." });
}
