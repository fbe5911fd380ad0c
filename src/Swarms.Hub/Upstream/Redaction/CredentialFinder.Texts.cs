using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Upstream;

/// <content>Texts: JSON within them, assignments and addresses.</content>
internal sealed partial class CredentialFinder
{
    private const int MaxJsonWithinText = 3;

    // A text with more bytes is searched where it lies: as a string it would take twice its bytes again.
    private const int LongTextBytes = 65_536;

    // The longest beginning of a text that is read for an assignment's name.
    private const int BeginningBytes = 4_096;

    // One of these is in every text that holds JSON, an assignment or an address; an escape may stand for any of them.
    private static readonly SearchValues<byte> Signs = SearchValues.Create("{[=:\\"u8);

    // No address goes beyond one of these.
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\n\v\f\r\"'<>"u8);

    private void SearchText(JsonElement element, int textDepth)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (!raw.ContainsAny(Signs))
            return;

        if (raw.Length > _longTextBytes)
            SearchLongText(raw, textDepth);
        else
            SearchText(element.GetString()!, textDepth);
    }

    // Finds what the search of a string finds.
    private void SearchLongText(ReadOnlySpan<byte> raw, int textDepth)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            var reader = new Utf8JsonReader(raw);
            reader.Read();
            var text = buffer.AsMemory(0, reader.CopyString(buffer));
            var beginning = BeginningOf(text.Span.TrimStart(" \t\r\n"u8));
            if (textDepth < MaxJsonWithinText && beginning.AsSpan().TrimStart() is ['{' or '[', ..] && SearchJson(text, textDepth))
                return;

            if (IsSecretAssignment(beginning, out _) && IsSecretAssignment(Encoding.UTF8.GetString(text.Span), out var value))
                Take(value);

            SearchAddresses(text.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string BeginningOf(ReadOnlySpan<byte> text)
    {
        var length = Math.Min(text.Length, BeginningBytes);
        // The cut goes through no character.
        while (length < text.Length && (text[length] & 0xC0) == 0x80)
            length--;

        return Encoding.UTF8.GetString(text[..length]);
    }

    private void SearchAddresses(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("://"u8); at >= 0; at = text.IndexOf("://"u8))
        {
            var start = text[..at].LastIndexOfAny(Ends) + 1;
            var end = text[at..].IndexOfAny(Ends) is var found and >= 0 ? at + found : text.Length;
            SearchAddresses(Encoding.UTF8.GetString(text[start..end]));
            text = text[end..];
        }
    }

    private void SearchText(string text, int textDepth)
    {
        if (textDepth < MaxJsonWithinText && text.AsSpan().TrimStart() is ['{' or '[', ..]
            && SearchJson(Encoding.UTF8.GetBytes(text), textDepth))
        {
            return;
        }

        if (IsSecretAssignment(text, out var value))
            Take(value);

        SearchAddresses(text);
    }

    // False if the text is no JSON.
    private bool SearchJson(ReadOnlyMemory<byte> text, int textDepth)
    {
        using var json = JsonText.TryParse(text, out _);
        if (json is null)
            return false;

        Search(json.RootElement, textDepth + 1);
        return true;
    }

    private static bool IsSecretAssignment(string text, out string value)
    {
        var assignment = Assignment().Match(text);
        value = assignment.Groups[2].Value;
        return assignment.Success && LooksLikeCredential(Plain(assignment.Groups[1].Value));
    }

    private void SearchAddresses(string text)
    {
        foreach (Match address in Address().Matches(text))
            TakeAddress(address.Value);
    }

    [GeneratedRegex(@"^\s*-{0,2}([\w.-]{1,100})\s*[=:]\s*(\S.*)$", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s""'<>]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
