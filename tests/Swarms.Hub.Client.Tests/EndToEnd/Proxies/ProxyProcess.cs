using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Swarms.Hub.Client.Tests.EndToEnd.Demos;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Proxies;

/// <summary>
/// A real proxy with a configuration of docs/hosting, on a free port of loopback. Only ports and host names are changed, and what a
/// machine's own main configuration adds.
/// </summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private ProxyProcess(DirectoryInfo folder, Process process, Uri address) => (_folder, _process, Address) = (folder, process, address);

    /// <summary>Its address; ends with a slash, and with the hub's path where it has one.</summary>
    public Uri Address { get; }

    /// <summary>Starts a proxy before the hub; skips the test where it is not installed.</summary>
    public static async Task<ProxyProcess> StartAsync(ProxyKind kind, ProxyMode mode, Uri hub)
    {
        Demo.SkipUnless(Find(kind.Program) is not null, $"There is no {kind.Program}: install the package of that name.");
        var folder = Directory.CreateTempSubdirectory("swarms-hub-proxy-");
        var port = FreePort();
        var file = Path.Combine(folder.FullName, "proxy.conf");
        var text = kind.Configure(kind.Read(mode), folder.FullName, port, hub, mode == ProxyMode.NoUpgrades);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Find(kind.Program)!, kind.Arguments(file, folder.FullName))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
            Environment = { ["HOME"] = folder.FullName, ["XDG_DATA_HOME"] = folder.FullName, ["XDG_CONFIG_HOME"] = folder.FullName },
        };
        var process = new Process { StartInfo = start };
        var output = new List<string?>();
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new ProxyProcess(folder, process, new Uri($"http://127.0.0.1:{port}{(mode == ProxyMode.Path ? "/hub/" : "/")}"));
        try
        {
            await proxy.ListensAsync(port).InTime();
            return proxy;
        }
        catch (Exception e)
        {
            await proxy.DisposeAsync();
            throw new InvalidOperationException($"{kind} did not start: {string.Join('\n', output)}\n{text}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // Servers lie where a user's PATH often does not lead.
    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ListensAsync(int port)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"It ended with {_process.ExitCode}.");

                await Task.Yield();
            }
        }
    }
}
