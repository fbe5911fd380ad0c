using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>A server program that this test starts and ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isDisposed;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts a program and waits until it accepts connections.</summary>
    public static async Task<ServerProcess> StartAsync(
        IPEndPoint address, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        // The generator's own tuning must not reach the server.
        foreach (var name in GeneratorSettings.Names)
            start.Environment.Remove(name);

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process);
        await server.WaitAsync(address);
        return server;
    }

    public static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    public static string Port(IPEndPoint address) => address.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks the program to stop, and kills it after ten seconds. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            // On a request to stop, nginx ends its workers and a hub closes its database.
            using var asked = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task WaitAsync(IPEndPoint address)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(address);
                return;
            }
            catch (SocketException) when (!_process.HasExited && waited < 300)
            {
                await Task.Delay(100);
            }
        }
    }
}
