using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Presence;

public sealed class RoomViewersTests : IPresenceFollower
{
    private static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly RoomViewers _room;

    public RoomViewersTests() => _room = new RoomViewers("room", LeaveAfter, _time, this, _ => { });

    [Fact]
    public void Newcomer_Gets_The_Whole_And_Everybody_Else_The_Change()
    {
        Join("ann", "a");
        var bob = Join("bob", "b");
        var first = _room.Take()!;
        Assert.Equal(["a", "b"], first.Newcomers);
        Assert.Equal(["ann", "bob"], first.Whole.Members.Select(member => member.Id));
        Assert.Null(first.Whole.Left);

        Join("eve", "e");
        var second = _room.Take()!;
        Assert.Equal((1, 3), (second.Newcomers.Count, second.Whole.Members.Count));
        Assert.Equal((3, "eve", 0), (second.Changes!.Viewers, Assert.Single(second.Changes.Members).Id, second.Changes.Left!.Count));

        // One connection less, and nobody has left yet.
        bob.Dispose();
        var third = _room.Take()!.Changes!;
        Assert.Equal((2, 0, 0), (third.Viewers, third.Members.Count, third.Left!.Count));
        _time.Advance(LeaveAfter);
        Assert.Equal(["bob"], _room.Take()!.Changes!.Left);
        Assert.Null(_room.Take());
    }

    [Fact]
    public void Member_Who_Reconnects_Is_No_News()
    {
        var ann = Join("ann", "a");
        Join("bob", "b");
        _room.Take();

        ann.Dispose();
        Join("ann", "c");

        var notice = _room.Take()!;
        Assert.Null(notice.Changes);
        Assert.Equal(["c"], notice.Newcomers);
    }

    [Fact]
    public void Changes_Add_Up_To_The_Whole()
    {
        Join("ann", "a");
        var told = _room.Take()!.Whole;
        var random = new Random(1);
        var watching = new List<IDisposable>();
        for (var round = 0; round < 500; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                if (random.Next(2) == 0 && watching.Count > 0)
                {
                    var gone = random.Next(watching.Count);
                    watching[gone].Dispose();
                    watching.RemoveAt(gone);
                }
                else
                {
                    // More than are named, at times.
                    watching.Add(Join($"member-{random.Next(round % 100 < 50 ? 30 : 700)}"));
                }
            }

            if (random.Next(3) == 0)
                _time.Advance(LeaveAfter);

            if (random.Next(9) == 0)
                _room.Forget($"member-{random.Next(30)}");

            if (_room.Take()?.Changes is { } changes)
                told = told.Apply(changes);

            Assert.Equal(Describe(_room.Read()), Describe(told));
        }
    }

    // Presence must cost less than the text that people come for. A run writes 50 chunks a second, of more than 100 bytes to each viewer.
    [Fact]
    public void Presence_Of_500_Costs_Each_Viewer_Less_Than_The_Chunks_Of_One_Run()
    {
        const int BytesOfChunksPerSecond = 50 * 100;
        Join("teacher", "t");
        _room.Take();

        // A class comes within ten seconds, and each half second's news go to everybody.
        var bytes = 0;
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 25; i++)
                Join($"01k0member{(round * 25) + i:D16}");

            bytes += Size(_room.Take()!.Changes!);
        }

        Assert.InRange(bytes / 10, 1, BytesOfChunksPerSecond);

        // Later somebody comes or goes every half second.
        Join("01k0member0000000000000500");
        Assert.InRange(2 * Size(_room.Take()!.Changes!), 1, BytesOfChunksPerSecond / 10);
    }

    void IPresenceFollower.Came(string roomId, string memberId, DateTimeOffset at)
    {
    }

    void IPresenceFollower.Left(string roomId, string memberId, DateTimeOffset at)
    {
    }

    private static string Describe(RoomPresence presence) => $"{presence.Viewers}: " + string.Join(
        ' ', presence.Members.OrderBy(member => member.Id, StringComparer.Ordinal).Select(member => $"{member.Id}×{member.Connections}"));

    private static int Size(RoomPresence presence) => JsonSerializer.SerializeToUtf8Bytes(presence, ProtocolJson.Options).Length;

    private Watching Join(string memberId, string? connectionId = null)
    {
        var watching = new Watching(_room, memberId);
        Assert.True(_room.TryAdd(memberId, watching));
        if (connectionId is not null)
            _room.Welcome(connectionId);

        return watching;
    }

    private sealed class Watching(RoomViewers room, string memberId) : IViewerProgress, IDisposable
    {
        public long EventsBehind => 0;

        public void Dispose() => room.Remove(memberId, this);
    }
}
