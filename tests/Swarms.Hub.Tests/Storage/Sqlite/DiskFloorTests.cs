using Microsoft.Extensions.Logging;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Storage.Sqlite;

public sealed class DiskFloorTests
{
    [Fact]
    public async Task Hub_On_A_Disk_With_Too_Little_Room_Says_So_And_Takes_Nothing_New()
    {
        // No disk has this much room.
        await using var hub = HubUnderTest.Start(("Storage:MinFreeBytes", "1099511627776"));
        hub.Expect(LogLevel.Error);
        await hub.Get<DiskFloor>().Looked.InTime();

        (await hub.Anybody().PostAsync("/api/rooms", new { name = "Physics" })).IsProblem(503, ErrorCodes.StorageUnavailable);
        Assert.Equal(200, (await hub.Anybody().GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Hub_On_A_Disk_With_Room_Takes_Everything()
    {
        await using var hub = HubUnderTest.Start(("Storage:MinFreeBytes", "1"));
        await hub.Get<DiskFloor>().Looked.InTime();

        await hub.CreateRoomAsync();
    }
}
