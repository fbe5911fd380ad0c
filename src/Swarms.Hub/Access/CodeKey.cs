namespace Swarms.Hub.Access;

/// <summary>The key of the invites' codes, which lies outside the database.</summary>
/// <param name="Bytes">The key.</param>
/// <param name="AreCodesLost">True if there were invites whose codes were made with another key.</param>
internal sealed record CodeKey(byte[] Bytes, bool AreCodesLost);
