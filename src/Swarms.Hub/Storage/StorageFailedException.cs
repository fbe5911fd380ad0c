namespace Swarms.Hub.Storage;

/// <summary>The store did not take a transaction: full, locked, read-only, broken or out of reach. Try again.</summary>
/// <param name="inner">What it said.</param>
/// <param name="isInDoubt">Whether the transaction may have been stored all the same, because only its answer was lost.</param>
internal sealed class StorageFailedException(Exception inner, bool isInDoubt = false) : Exception("The storage failed.", inner)
{
    public bool IsInDoubt { get; } = isInDoubt;
}
