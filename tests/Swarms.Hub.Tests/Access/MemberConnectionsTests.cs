using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

public sealed class MemberConnectionsTests
{
    private const int Most = 3;

    [Fact]
    public void Connection_Beyond_A_Members_Bound_Is_Refused_Until_Another_Ends()
    {
        var connections = Create(new NoRooms());
        var open = Enumerable.Range(0, Most).Select(_ => connections.Open(Callers.Of([1], "ann"))).ToList();

        Assert.Equal(ErrorCodes.RateLimited, Assert.Throws<HubErrorException>(() => connections.Open(Callers.Of([1], "ann"))).Code);
        Assert.Equal(ErrorCodes.RateLimited, connections.FindRefusal(Callers.Of([3], "bob", "ann"))?.Code);
        Assert.Null(connections.FindRefusal(Callers.Of([3], "bob")));
        connections.Open(Callers.Of([2], "bob")).Dispose();
        connections.Watch("ann").Dispose();
        open[0].Dispose();
        connections.Open(Callers.Of([1], "ann")).Dispose();
    }

    [Fact]
    public void Connection_Of_Several_Members_Ends_With_The_Last_Of_Them()
    {
        var rooms = new NoRooms();
        var connections = Create(rooms);
        var both = connections.Open(Callers.Of([3], "ann", "bob"));
        var stream = connections.Watch("ann");

        Leave(rooms, "ann");
        Assert.Equal((false, true), (both.Ended.IsCancellationRequested, stream.Ended.IsCancellationRequested));
        Leave(rooms, "bob");
        Assert.True(both.Ended.IsCancellationRequested);
        Assert.Equal(ErrorCodes.Unauthenticated, both.Reason.Code);
    }

    [Theory]
    [InlineData(EventTypes.MemberLeft, true)]
    [InlineData(EventTypes.MemberChanged, false)]
    public void Connections_Of_A_Member_End_When_A_Log_Publishes_That_It_Left(string type, bool isEnded)
    {
        var rooms = new NoRooms();
        var connections = Create(rooms);
        var (ann, bob) = (connections.Open(Callers.Of([1], "ann")), connections.Open(Callers.Of([2], "bob")));

        Leave(rooms, "ann", type);

        Assert.Equal((isEnded, false), (ann.Ended.IsCancellationRequested, bob.Ended.IsCancellationRequested));
    }

    [Fact]
    public void Connections_That_A_Token_Opened_End_When_A_Log_Publishes_That_It_Was_Exchanged()
    {
        var rooms = new NoRooms();
        var connections = Create(rooms);
        var (old, other) = (connections.Open(Callers.Of([1, 2, 3], "ann")), connections.Open(Callers.Of([4, 5, 6], "ann")));
        var data = JsonSerializer.SerializeToElement(MemberRekeyedPayload.Of("ann", "010203"), ProtocolJson.Options);

        Assert.Single(rooms.Followers)
            .Published(null!, new RoomEvent { Sequence = 1, At = default, Type = EventTypes.MemberRekeyed, Data = data });

        Assert.Equal((true, false), (old.Ended.IsCancellationRequested, other.Ended.IsCancellationRequested));
    }

    private static MemberConnections Create(NoRooms rooms) =>
        new(
            rooms, null!, new CallRates(Options.Create(new RateOptions())),
            Options.Create(new AccessOptions { MaxConnectionsPerMember = Most }), TimeProvider.System);

    private static void Leave(NoRooms rooms, string member, string type = EventTypes.MemberLeft)
    {
        var data = JsonSerializer.SerializeToElement(MemberLeftPayload.Of(member, LeaveReasons.Removed), ProtocolJson.Options);
        Assert.Single(rooms.Followers).Published(null!, new RoomEvent { Sequence = 1, At = default, Type = type, Data = data });
    }
}
