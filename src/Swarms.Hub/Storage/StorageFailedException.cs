namespace Swarms.Hub.Storage;

/// <summary>The store did not take a transaction: it is full, locked, read-only, broken or out of reach. Try again.</summary>
/// <param name="inner">The store's own exception.</param>
/// <param name="isInDoubt">True if the transaction may be stored all the same, because only its answer was lost.</param>
internal sealed class StorageFailedException(Exception inner, bool isInDoubt = false) : Exception("The storage failed.", inner)
{
    public bool IsInDoubt { get; } = isInDoubt;
}
