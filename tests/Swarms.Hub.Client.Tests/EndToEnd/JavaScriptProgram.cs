using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>On the JavaScript SDK as its build made it, with the real SignalR client, in Node.</summary>
internal sealed class JavaScriptProgram : SdkProgram
{
    private readonly Process _process;

    public JavaScriptProgram(Uri hub, string roomId, string token, TimeSpan serverTimeout, bool showsState = false)
    {
        var options = string.Create(
            CultureInfo.InvariantCulture, $$"""{"maxReconnectDelay":1000,"serverTimeout":{{serverTimeout.TotalMilliseconds}}}""");
        var path = Path.Combine(AppContext.BaseDirectory, "EndToEnd", "watching-program.mjs");
        string[] arguments = [path, Sdk, hub.ToString(), roomId, token, options, .. showsState ? ["state"] : (string[])[]];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        var complaints = new List<string>();
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                End(new InvalidOperationException($"The program ended. {string.Join('\n', complaints)}"));
            else
                Hand(JsonSerializer.Deserialize<Handed>(line.Data, ProtocolJson.Options)!);
        };
        _process.ErrorDataReceived += (_, line) => complaints.Add(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string Sdk { get; } = Path.GetFullPath("../Swarms.Hub.Client.Js/dist/index.js", HubProcess.Folder);

    /// <summary>Why it cannot run here; null where it can.</summary>
    private static string? Missing =>
        File.Exists(Sdk) ? null : "The JavaScript client was not built: install Node 20 or later and build again.";

    /// <summary>Skips the test where it cannot run, but for a machine that must run all.</summary>
    public static void Require()
    {
        var isRequired = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        Assert.SkipWhen(Missing is not null && !isRequired, Missing ?? "");
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
