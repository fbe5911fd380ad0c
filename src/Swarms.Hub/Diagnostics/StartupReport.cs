using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Swarms.Hub.Diagnostics;

/// <summary>Prints, once the hub is ready, where it is and whom it talks to: for the person who started it, so it is no log line.</summary>
internal sealed class StartupReport(IServer server, IHostApplicationLifetime lifetime, IEnumerable<IStartupLine> lines) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            Console.WriteLine($"Swarms.Hub is ready: open {address.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)}");

        foreach (var line in lines.Select(line => line.Describe()).OfType<string>())
            Console.WriteLine(line);
    }
}
