using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class MemberConnectionsTests
{
    [Fact]
    public void Stream_Beyond_A_Members_Bound_Is_Refused_Until_Another_Ends()
    {
        var connections = new MemberConnections(new NoRooms());
        var open = Enumerable.Range(0, MemberConnections.MaxPerMember).Select(_ => connections.Register("ann")).ToList();

        Assert.Throws<HubErrorException>(() => connections.Register("ann"));
        connections.Register("bob").Dispose();
        open[0].Dispose();
        connections.Register("ann").Dispose();
    }

    [Theory]
    [InlineData(EventTypes.MemberLeft, true)]
    [InlineData(EventTypes.MemberChanged, false)]
    public void Connections_Of_A_Member_End_When_A_Log_Publishes_That_It_Left(string type, bool isEnded)
    {
        var rooms = new NoRooms();
        var connections = new MemberConnections(rooms);
        var (ann, bob) = (connections.Register("ann"), connections.Register("bob"));
        var data = JsonSerializer.SerializeToElement(MemberLeftPayload.Of("ann", LeaveReasons.Removed), ProtocolJson.Options);

        Assert.Single(rooms.Followers).Published(null!, new RoomEvent { Sequence = 1, At = default, Type = type, Data = data });

        Assert.Equal((isEnded, false), (ann.Ended.IsCancellationRequested, bob.Ended.IsCancellationRequested));
    }
}
