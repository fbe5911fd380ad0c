using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Specifications;

/// <summary>
/// An own store for one test, empty at first: the settings with which a hub uses it, and the acts from outside on it. A new store brings
/// one of these and a class that derives from <see cref="StoreSpecification"/>.
/// </summary>
internal interface IStoreFixture : IAsyncDisposable
{
    /// <summary>The settings of a hub that uses the store. They change if another store continues it, as after a crash.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Opens the rows for reading and changing them beside a running hub, as another program does.</summary>
    HubDbContext OpenRows();

    /// <summary>Breaks the store until the result is disposed: it takes no transaction and answers no read, but loses nothing.</summary>
    IDisposable Break();

    /// <summary>
    /// Makes transactions fail at their commit until the result is disposed. Null if the fixture cannot do that.
    /// </summary>
    IDisposable? TryFailCommits();

    /// <summary>
    /// Keeps the store as it is at this moment for the next hub, as after <c>kill -9</c> or a fail-over that lost nothing. The running hub
    /// is stopped afterwards, and cannot change that.
    /// </summary>
    Task CrashAsync();

    /// <summary>
    /// Crashes as <see cref="CrashAsync"/> does and loses everything that was not synced. False if the fixture cannot do that.
    /// </summary>
    Task<bool> TryCutPowerAsync();

    /// <summary>Copies everything committed beside a running hub, and returns the copy's name.</summary>
    Task<string> CopyAsync();

    /// <summary>Replaces the store by a copy. No hub runs meanwhile.</summary>
    Task RestoreAsync(string copy);
}
