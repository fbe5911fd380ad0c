using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

public sealed class SqliteRoomLogStoreTests : RoomLogStoreSpecification
{
    private protected override Task<LogUnderTest> StartAsync() => LogUnderTest.StartAsync();
}
