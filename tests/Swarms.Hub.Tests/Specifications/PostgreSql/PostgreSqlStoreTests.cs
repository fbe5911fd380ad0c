using Swarms.Hub.Storage;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>PostgreSQL that waits for its disk at endings, and so for the chunks before.</summary>
public sealed class PostgreSqlStoreTests(ITestOutputHelper output, OwnPostgreSql own)
    : StoreSpecification(output), IClassFixture<OwnPostgreSql>
{
    private protected override Task<IStoreFixture> CreateFixtureAsync() =>
        PostgreSqlStoreFixture.CreateAsync(own, StorageDurability.Endings);
}
