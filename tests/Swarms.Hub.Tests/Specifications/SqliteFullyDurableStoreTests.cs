using Swarms.Hub.Storage;

namespace Swarms.Hub.Specifications;

/// <summary>SQLite that syncs every commit.</summary>
public sealed class SqliteFullyDurableStoreTests(ITestOutputHelper output) : StoreSpecification(output)
{
    private protected override Task<IStoreFixture> CreateFixtureAsync() => SqliteStoreFixture.CreateAsync(StorageDurability.Full);
}
