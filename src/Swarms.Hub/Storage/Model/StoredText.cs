using System.Buffers;
using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Stores texts of people and upstreams to the letter, but encodes U+0000. SQLite's driver takes it for the end of a text of more than
/// 512 letters, SQLite's <c>LIKE</c> for the end of any, and PostgreSQL refuses it. JSON escapes it already.
/// </summary>
internal sealed class StoredText() : ValueConverter<string, string>(text => Encode(text), stored => Decode(stored))
{
    // Unicode reserves these noncharacters for internal use, so texts hardly ever contain them.
    private const char Nul = '\ufffe';
    private const char Escape = '\uffff';

    private static readonly SearchValues<char> Encoded = SearchValues.Create(['\0', Nul, Escape]);
    private static readonly SearchValues<char> Marks = SearchValues.Create([Nul, Escape]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAny(Encoded))
            return text;

        var stored = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (letter is Nul or Escape)
                stored.Append(Escape);

            stored.Append(letter == '\0' ? Nul : letter);
        }

        return stored.ToString();
    }

    /// <summary>
    /// Encodes a text for PostgreSQL, whose driver refuses half a character. It becomes U+FFFD, as SQLite's driver makes it.
    /// </summary>
    public static string EncodeWhole(string text) => Encode(
        text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text);

    public static string Decode(string stored)
    {
        if (!stored.AsSpan().ContainsAny(Marks))
            return stored;

        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            var isEscaped = stored[i] == Escape && i + 1 < stored.Length;
            text.Append(isEscaped ? stored[++i] : stored[i] == Nul ? '\0' : stored[i]);
        }

        return text.ToString();
    }
}
