using System.Diagnostics;
using System.Threading.Channels;

namespace Swarms.Hub.Browser;

/// <summary>A separate program that watches a room and prints it line by line.</summary>
internal sealed class OutsideViewer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private OutsideViewer(string program, IEnumerable<string> arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _lines.Writer.TryComplete();
            else
                _lines.Writer.TryWrite(line.Data);
        };
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the console client, which prints into a pipe.</summary>
    public static OutsideViewer StartConsole(Uri hub, string room, string token) =>
        new("dotnet", [BuiltHub.Console, "watch", "--hub", hub.ToString(), "--room", room, "--token", token]);

    /// <summary>Starts the plain SignalR client for JavaScript, which prints frames.</summary>
    public static OutsideViewer StartPlainClient(Uri hub, string room, string token) =>
        new("node", [BuiltHub.PlainViewer, BuiltHub.JavaScriptClient, hub.ToString(), room, token]);

    /// <summary>Reads its lines up to the first one that matches.</summary>
    public async Task<List<string>> ReadUntilAsync(Func<string, bool> isLast)
    {
        var lines = new List<string>();
        do
            lines.Add(await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).InTime());
        while (!isLast(lines[^1]));

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
