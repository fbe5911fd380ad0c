using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class HostingExtensionsTests(SharedHub shared)
{
    [Fact]
    public void Server_Takes_So_Many_Connections_And_Bodies_Of_That_Size()
    {
        var limits = shared.Hub.Get<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(
            (20_000, 20_000, 8_192),
            (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections, limits.MaxRequestBodySize));
    }
}
