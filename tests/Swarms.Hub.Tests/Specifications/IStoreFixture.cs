using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Specifications;

/// <summary>
/// A store of its own for one test, empty at first: how a hub is told to use it, and the acts from outside on it. A new store brings
/// one of these and a class that derives from <see cref="StoreSpecification"/>.
/// </summary>
internal interface IStoreFixture : IAsyncDisposable
{
    /// <summary>The settings of a hub that uses the store. They change where the store goes on as another, as after a crash.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>The rows as another program sees and changes them, beside a hub that runs.</summary>
    HubDbContext OpenRows();

    /// <summary>Until this is disposed, the store takes no transaction and answers no read. It loses nothing by that.</summary>
    IDisposable Break();

    /// <summary>
    /// Until this is disposed, transactions begin and fail when they are committed. Null if nobody can bring that about.
    /// </summary>
    IDisposable? TryFailCommits();

    /// <summary>
    /// The next hub finds the store as it is at this moment, as after <c>kill -9</c> or a fail-over that lost nothing. The hub that runs
    /// is stopped afterwards, and changes nothing of that any more.
    /// </summary>
    Task CrashAsync();

    /// <summary>
    /// As <see cref="CrashAsync"/>, but everything is lost that was not synced. False if nobody can cut the power of this store.
    /// </summary>
    Task<bool> TryCutPowerAsync();

    /// <summary>Copies what is committed, beside a hub that runs. Gives the copy's name.</summary>
    Task<string> CopyAsync();

    /// <summary>Puts a copy in the place of the store. No hub runs meanwhile.</summary>
    Task RestoreAsync(string copy);
}
