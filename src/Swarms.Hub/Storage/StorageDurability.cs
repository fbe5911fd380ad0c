namespace Swarms.Hub.Storage;

/// <summary>The commits that are synced to the disk.</summary>
internal enum StorageDurability
{
    /// <summary>Commits that hold more than a run's chunks.</summary>
    Endings,

    /// <summary>Every commit.</summary>
    Full,
}
