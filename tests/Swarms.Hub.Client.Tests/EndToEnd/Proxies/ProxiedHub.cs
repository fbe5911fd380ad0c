using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Proxies;

/// <summary>One started hub that believes its proxies.</summary>
public sealed class ProxiedHub : IAsyncLifetime
{
    internal HubProcess Hub { get; } = new()
    {
        Variables = new Dictionary<string, string> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" },
    };

    public async ValueTask InitializeAsync() => await Hub.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
