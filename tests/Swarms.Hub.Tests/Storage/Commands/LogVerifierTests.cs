using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

public sealed class LogVerifierTests(VerifiedRooms rooms) : IClassFixture<VerifiedRooms>
{
    [Fact]
    public async Task Whatever_A_Hub_Wrote_Verifies_Beside_It()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync("Grüße 🌿");
        var other = await hub.CreateRoomAsync();
        var guest = await host.InviteAsync(MemberRoles.Participant);
        Assert.Equal(201, (await guest.PostAsync($"{host.Path}/messages", new { text = "葉っぱ 🌿 <b>\"e\u0301\"</b>\u0085\n" })).Status);
        Assert.Equal(204, (await guest.PostAsync($"{host.Path}/reactions", new { target = 4, emoji = "👍" })).Status);
        Assert.Equal(200, (await host.PatchAsync(host.Path, new { name = "Botany" })).Status);
        await host.FinishRunAsync(new { chunks = 20, chunksPerSecond = 0 }, "葉っぱ");
        await other.FinishRunAsync(new { chunks = 20, chunksPerSecond = 0 });
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{guest.Member}")).Status);
        var heads = new List<RoomCursor>();
        foreach (var member in new[] { host, other })
        {
            Assert.True(RoomCursor.TryParse((await member.GetAsync(member.Path)).Json.GetProperty("cursor").GetString(), out var head));
            heads.Add(head);
        }

        using var connection = DatabaseFile.Open(hub.DatabasePath);
        var verified = LogVerifier.Verify(connection, heads[0]);

        Assert.Empty(verified.Misfits);
        Assert.Equal(
            (2, heads[0].Sequence + heads[1].Sequence, 0L, host.Room),
            (verified.Rooms, verified.Events, verified.OlderEvents, verified.RoomOfCursor));
        Assert.Equal($"Every link fits; rooms: 2, events: {heads[0].Sequence + heads[1].Sequence}.", verified.ToString());
    }

    [Theory]
    [InlineData("data by one letter", "UPDATE events SET Data = replace(Data, 'hello', 'hallo') WHERE $event = 2", 2)]
    [InlineData("data of a run by one letter", "UPDATE events SET Data = replace(Data, 'Once', 'once') WHERE $event = 5", 5)]
    [InlineData("data that mean the same", "UPDATE events SET Data = replace(Data, ':', ': ') WHERE $event = 6", 6)]
    [InlineData("data to nothing", "UPDATE events SET Data = '' WHERE $event = 6", 6)]
    [InlineData(
        "data to those of another event", "UPDATE events SET Data = (SELECT Data FROM events WHERE $event = 7) WHERE $event = 5", 5)]
    [InlineData("time", "UPDATE events SET At = At + 1 WHERE $event = 1", 1)]
    [InlineData("time to one that there is not", "UPDATE events SET At = 9223372036854775807 WHERE $event = 4", 4)]
    [InlineData("type", "UPDATE events SET Type = 'Chunk' WHERE $event = 7", 7)]
    [InlineData("run", "UPDATE events SET Run = (SELECT Id FROM runs WHERE RoomKey <> $room) WHERE $event = 5", 5)]
    [InlineData("run of an event outside runs", "UPDATE events SET Run = $run WHERE $event = 2", 2)]
    [InlineData("run to none", "UPDATE events SET Run = NULL WHERE $event = 5", 5)]
    [InlineData("member", "UPDATE events SET By = 'bob' WHERE $event = 2", 2)]
    [InlineData("member to none", "UPDATE events SET By = NULL WHERE $event = 3", 3)]
    [InlineData("letter moved from the member to the type", "UPDATE events SET Type = 'messagea', By = 'nn' WHERE $event = 2", 2)]
    [InlineData("link", "UPDATE events SET Link = randomblob(16) WHERE $event = 6", 6)]
    [InlineData("link to one before", "UPDATE events SET Link = (SELECT Link FROM events WHERE $event = 5) WHERE $event = 6", 6)]
    [InlineData("link to half of it", "UPDATE events SET Link = substr(Link, 1, 8) WHERE $event = 6", 6)]
    [InlineData("link to more than it", "UPDATE events SET Link = CAST(Link || X'00' AS BLOB) WHERE $event = 6", 6)]
    [InlineData("link to none", "UPDATE events SET Link = NULL WHERE $event = 6", 6)]
    [InlineData("link that the chain begins with", "UPDATE rooms SET OriginLink = randomblob(16) WHERE Key = $room", 1)]
    [InlineData("key", "UPDATE events SET Key = randomblob(32) WHERE $event = 2", 2)]
    [InlineData("key to none", "UPDATE events SET Key = NULL WHERE $event = 2", 2)]
    [InlineData("key of a run", "UPDATE runs SET DataKey = randomblob(32) WHERE Id = $run", 3)]
    [InlineData("key of a run to none", "UPDATE runs SET DataKey = NULL WHERE Id = $run", 3)]
    [InlineData("run's row is gone", "DELETE FROM runs WHERE Id = $run", 3)]
    [InlineData("an event removed from the middle", "DELETE FROM events WHERE $event = 4", 4)]
    [InlineData(
        "an event removed, and those behind it moved up",
        "DELETE FROM events WHERE $event = 4; UPDATE events SET Sequence = Sequence - 1 WHERE $event > 4",
        4)]
    [InlineData("the first event removed", "DELETE FROM events WHERE $event = 1", 1)]
    [InlineData(
        "two events swapped",
        "UPDATE events SET Sequence = -5 WHERE $event = 5; UPDATE events SET Sequence = 5 WHERE $event = 6; "
        + "UPDATE events SET Sequence = 6 WHERE $event = -5",
        5)]
    [InlineData(
        "an event inserted without a link",
        "UPDATE events SET Sequence = -Sequence WHERE $event > 4; UPDATE events SET Sequence = 1 - Sequence WHERE $event < 0; "
        + "INSERT INTO events (RoomKey, Sequence, At, Type, Data) VALUES ($room, 5, 0, 'message', '{}')",
        5)]
    [InlineData(
        "an event inserted behind the end without a link",
        "INSERT INTO events (RoomKey, Sequence, At, Type, Data) VALUES ($room, 9, 0, 'message', '{}')",
        9)]
    public void First_Event_That_Was_Tampered_With_Is_Named_In_Its_Room_And_Other_Rooms_Are_Fine(string what, string sql, long first)
    {
        var copy = rooms.Copy();

        copy.Execute(sql);

        Names(first, copy, what);
    }

    [Fact]
    public void Rooms_Verify_That_Nobody_Tampered_With()
    {
        var copy = rooms.Copy();

        Fits(copy);
    }

    [Fact]
    public void Each_Room_That_Was_Tampered_With_Is_Named()
    {
        var copy = rooms.Copy();

        copy.Execute("UPDATE events SET By = 'eve' WHERE Sequence = 6");

        var verified = copy.Verify();
        Assert.Equal(2, verified.Misfits.Count);
        Assert.StartsWith($"Room {rooms.Room.Id}: event 6 ", verified.Misfits[0], StringComparison.Ordinal);
        Assert.StartsWith($"Room {rooms.Other.Id}: event 6 ", verified.Misfits[1], StringComparison.Ordinal);
        Assert.EndsWith("\nRooms that do not verify: 2 of 2.", verified.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("X'00'")]
    public void Room_Whose_Chain_Has_No_Beginning_Is_Named(string link)
    {
        var copy = rooms.Copy();

        copy.Execute($"UPDATE rooms SET OriginLink = {link} WHERE Key = $room");

        var verified = copy.Verify();
        Assert.Equal($"Room {rooms.Room.Id}: the link that its chain begins with is missing.", Assert.Single(verified.Misfits));
        Assert.Equal((2, VerifiedRooms.Events), (verified.Rooms, verified.Events));
    }

    [Fact]
    public void Deleted_Room_Is_Passed_Over()
    {
        var copy = rooms.Copy();

        copy.Execute(
            "UPDATE rooms SET DeletedAt = 1, HasRemains = 1 WHERE Key = $room; DELETE FROM events WHERE $event < 5; "
            + "DELETE FROM runs WHERE RoomKey = $room");

        var verified = copy.Verify();
        Assert.Empty(verified.Misfits);
        Assert.Equal((1, VerifiedRooms.Events), (verified.Rooms, verified.Events));
    }

    [Fact]
    public void Events_That_Are_Older_Than_Their_Rooms_Chain_Are_Counted_And_Prove_Nothing()
    {
        var copy = rooms.Copy();
        // The rows look as after the migration of an earlier version's database.
        copy.Execute(
            "UPDATE events SET Link = NULL, Key = NULL WHERE RoomKey = $room; UPDATE runs SET DataKey = NULL WHERE Id = $run; "
            + "UPDATE rooms SET OriginSequence = 8, OriginLink = randomblob(16) WHERE Key = $room");

        var verified = copy.Verify();

        Assert.Empty(verified.Misfits);
        Assert.Equal((2, VerifiedRooms.Events, VerifiedRooms.Events), (verified.Rooms, verified.Events, verified.OlderEvents));
        Assert.EndsWith(
            $". {VerifiedRooms.Events} events are older than the links and prove nothing.", verified.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_That_Begins_Late_Verifies_From_There()
    {
        var copy = rooms.Copy();
        copy.Execute(
            "UPDATE rooms SET OriginSequence = 6, OriginLink = (SELECT Link FROM events WHERE $event = 6) WHERE Key = $room; "
            + "UPDATE events SET Link = NULL, Key = NULL WHERE $event <= 6");

        var verified = copy.Verify();
        Assert.Empty(verified.Misfits);
        Assert.Equal((VerifiedRooms.Events + 2, 6), (verified.Events, verified.OlderEvents));

        copy.Execute("UPDATE events SET Type = 'Chunk' WHERE $event = 7");
        Assert.StartsWith($"Room {rooms.Room.Id}: event 7 ", Assert.Single(copy.Verify().Misfits), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cursor_Of_Any_Sequence_Is_Found_In_Its_Room_And_No_Other_Cursor_In_Any()
    {
        var copy = rooms.Copy();
        foreach (var log in new[] { rooms.Room, rooms.Other })
        {
            for (var sequence = 0; sequence <= VerifiedRooms.Events; sequence++)
            {
                var cursor = await log.CursorAsync(sequence);
                Assert.Equal(log.Id, copy.Verify(cursor).RoomOfCursor);
                var withoutCosts = cursor with { Token = cursor.Token[..2] + "01" + cursor.Token[4..] };
                Assert.Equal(log.Id, copy.Verify(withoutCosts).RoomOfCursor);
                Assert.All(
                    [
                        cursor with { Token = CursorOf(EventLink.CreateFirst(), sequence).Token },
                        cursor with { Sequence = sequence + 1 },
                        cursor with { Sequence = sequence + 100 },
                        // The cursors are of another version of the state, and of an audience that there is not.
                        cursor with { Token = "ff" + cursor.Token[2..] },
                        cursor with { Token = cursor.Token[..2] + "03" + cursor.Token[4..] },
                        cursor with { Token = cursor.Token.ToUpperInvariant() + "0" },
                        cursor with { Token = "h1" },
                    ],
                    other => Assert.Null(copy.Verify(other).RoomOfCursor));
            }
        }

        Assert.Null(copy.Verify().RoomOfCursor);
    }

    [Fact]
    public async Task Cursor_Is_Of_No_History_That_Was_Cut_Off_Or_Tampered_With_Before_It()
    {
        var copy = rooms.Copy();
        var (seven, last) = (await rooms.Room.CursorAsync(7), await rooms.Room.CursorAsync(8));

        // A chain alone does not show that its end is missing.
        copy.Execute("DELETE FROM events WHERE $event > 7");
        Assert.Empty(copy.Verify().Misfits);
        Assert.Null(copy.Verify(last).RoomOfCursor);
        Assert.Equal(rooms.Room.Id, copy.Verify(seven).RoomOfCursor);

        copy.Execute("UPDATE events SET By = 'eve' WHERE $event = 2");
        Assert.Null(copy.Verify(seven).RoomOfCursor);
    }

    private static void Fits(VerifiedRooms.TamperedCopy copy)
    {
        var verified = copy.Verify();
        Assert.Empty(verified.Misfits);
        Assert.Equal(
            (2, 2 * VerifiedRooms.Events, 0, null), (verified.Rooms, verified.Events, verified.OlderEvents, verified.RoomOfCursor));
    }

    private void Names(long first, VerifiedRooms.TamperedCopy copy, string what)
    {
        var verified = copy.Verify();
        var misfit = Assert.Single(verified.Misfits);
        Assert.True(misfit.StartsWith($"Room {rooms.Room.Id}: event {first} ", StringComparison.Ordinal), $"{what}: {misfit}");
        Answer.IsSentence(misfit);
        Assert.Equal(2, verified.Rooms);
        Assert.Equal(VerifiedRooms.Events + first - 1, verified.Events);
        Assert.Equal($"{misfit}\nRooms that do not verify: 1 of 2.", verified.ToString());
    }

    private static RoomCursor CursorOf(EventLink link, long sequence)
    {
        Assert.True(RoomCursor.TryParse(new LogPosition(sequence, link).ToString(), out var cursor));
        return cursor;
    }
}
