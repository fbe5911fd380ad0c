using Swarms.Hub.Errors;

namespace Swarms.Hub.Access;

public sealed class MemberConnectionsTests
{
    [Fact]
    public void Stream_Beyond_A_Members_Bound_Is_Refused_Until_Another_Ends()
    {
        var connections = new MemberConnections();
        var open = Enumerable.Range(0, MemberConnections.MaxPerMember).Select(_ => connections.Register("ann")).ToList();

        Assert.Throws<HubErrorException>(() => connections.Register("ann"));
        connections.Register("bob").Dispose();
        open[0].Dispose();
        connections.Register("ann").Dispose();
    }
}
