namespace Swarms.Hub.Client;

/// <summary>Tokens and keys travel in a header, which carries visible ASCII characters only.</summary>
internal static class HeaderValue
{
    /// <summary>Refuses a secret that no header carries, without repeating it.</summary>
    public static void Require(string secret, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret, name);
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("A token or key has visible ASCII characters only: no spaces, line breaks or other letters.", name);
    }
}
