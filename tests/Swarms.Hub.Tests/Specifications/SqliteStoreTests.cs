using Swarms.Hub.Storage;

namespace Swarms.Hub.Specifications;

/// <summary>SQLite that syncs endings, and the chunks before them with those.</summary>
public sealed class SqliteStoreTests(ITestOutputHelper output) : StoreSpecification(output)
{
    private protected override Task<IStoreFixture> CreateFixtureAsync() => SqliteStoreFixture.CreateAsync(StorageDurability.Endings);
}
