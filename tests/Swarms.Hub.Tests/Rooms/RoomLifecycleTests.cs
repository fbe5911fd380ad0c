using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage.Sqlite;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class RoomLifecycleTests
{
    [Fact]
    public async Task Room_With_As_Many_Members_As_It_May_Have_Takes_Another_When_One_Has_Left()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));
        await hub.StopAsync();
        Fill(hub.DatabasePath, RoomJoins.MaxMembers - 1);
        await using var again = hub.Restart();

        (await again.Anybody().PostAsync("/api/join", new { invite, name = "Bob" })).IsProblem(409, ErrorCodes.Conflict);

        var back = host.At(again.Address);
        Assert.Equal(204, (await back.DeleteAsync($"{back.Path}/members/filler-1")).Status);
        Assert.Equal(200, (await again.Anybody().PostAsync("/api/join", new { invite, name = "Bob" })).Status);
    }

    private static void Fill(string database, int members)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        SqliteDatabase.Execute(
            connection,
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {members}) INSERT INTO members (Id, RoomKey, "
            + "Name, Role, JoinedAt, HasLeft, HandRaised) SELECT 'filler-' || i, (SELECT max(Key) FROM rooms), 'F', 'viewer', 0, 0, "
            + "0 FROM n");
    }
}
