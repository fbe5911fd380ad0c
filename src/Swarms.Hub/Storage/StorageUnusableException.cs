namespace Swarms.Hub.Storage;

/// <summary>The database cannot be used, so the start ends. The message is one clear sentence for the operator.</summary>
internal sealed class StorageUnusableException(
    string message, Exception? inner = null) : Exception($"The storage cannot be used: {message}.", inner);
