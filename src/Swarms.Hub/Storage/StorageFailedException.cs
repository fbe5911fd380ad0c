namespace Swarms.Hub.Storage;

/// <summary>The disk did not take a transaction: full, locked, read-only or broken. Nothing of it was stored; try again.</summary>
internal sealed class StorageFailedException(Exception inner) : Exception("The storage failed.", inner);
