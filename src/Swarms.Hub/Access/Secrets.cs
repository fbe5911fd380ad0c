using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Swarms.Hub.Access;

/// <summary>Makes secrets and the hashes that are stored of them.</summary>
internal static class Secrets
{
    // Without vowels and look-alikes: codes are read out in classrooms and must not spell words.
    private const string CodeAlphabet = "23456789BCDFGHJKMNPQRSTVWXZ";

    public const string TokenPrefix = "shr_";
    public const string TicketPrefix = "sht_";
    public const string OperatorPrefix = "sho_";
    public const string SessionPrefix = "shs_";
    public const string EmbedPrefix = "she_";

    /// <summary>The number of characters after the prefix.</summary>
    public const int Length = 43;

    /// <summary>Returns 256 random bits after a prefix that names the kind of secret and lets secret scanners find it.</summary>
    public static string Create(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Returns 128 random bits for an invite link.</summary>
    public static string CreateInvite() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Returns twelve characters, 57 bits, in three groups. A hub that did nothing but answer guesses would meet one of a thousand codes
    /// in half a thousand years.
    /// </summary>
    public static string CreateCode()
    {
        var code = RandomNumberGenerator.GetString(CodeAlphabet, 12);
        return $"{code[..4]}-{code[4..8]}-{code[8..]}";
    }

    /// <summary>Turns a code as people type it into the one form that is stored.</summary>
    public static string NormalizeCode(string code) =>
        string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));

    /// <summary>Hashes a secret. A random one needs no salt, because nobody can guess it.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Returns an id that tells stored secrets apart and helps nobody to guess one.</summary>
    public static string IdOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, Math.Min(8, hash.Length)));
}
