namespace Swarms.Hub.Storage;

/// <summary>Measures the store. Safe from any thread. It never fails: what cannot be measured is not stated.</summary>
internal interface IStoreSize
{
    StoreSize Measure();
}

/// <summary>The size of the store.</summary>
/// <param name="Bytes">The bytes that it takes.</param>
/// <param name="FreeBytes">The bytes that its disk has left; null where nobody knows.</param>
internal readonly record struct StoreSize(long Bytes, long? FreeBytes);
