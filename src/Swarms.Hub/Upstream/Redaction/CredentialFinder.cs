using System.Runtime.InteropServices;
using System.Text.Json;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Finds what people put secrets in, at any depth of a request: fields whose names look like credentials, headers in every form,
/// environment variables, and the user information and query values of URLs. The task is not searched, because the room sees it.
/// </summary>
internal sealed partial class CredentialFinder
{
    // A shorter value would match ordinary text by chance.
    private const int MinLength = 8;

    private static readonly string[] CredentialParts =
    [
        "secret", "password", "passwd", "passphrase", "pwd", "authorization", "credential", "cookie", "bearer", "signature",
        "connectionstring",
    ];

    private static readonly string[] CredentialNames = ["auth", "pass", "jwt", "pat", "pin", "sas", "dsn"];
    private static readonly string[] EnvironmentNames = ["env", "envs", "environment", "envvars", "environmentvariables"];

    // Their values are words of HTTP, which answers must be able to say.
    private static readonly string[] OpenHeaders = ["contenttype", "accept", "acceptlanguage", "acceptencoding", "useragent"];

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly int _longTextBytes;

    private CredentialFinder(int longTextBytes) => _longTextBytes = longTextBytes;

    /// <summary>Returns the secrets of a request, of which texts beyond so many bytes are searched where they lie.</summary>
    public static HashSet<string> Find(JsonElement request, int longTextBytes = LongTextBytes)
    {
        var finder = new CredentialFinder(longTextBytes);
        finder.Search(request, 0);
        return finder._found;
    }

    /// <summary>Adds a value that is known to be secret, with the parts of it that are quoted alone.</summary>
    public static void AddTo(HashSet<string> found, string secret)
    {
        var finder = new CredentialFinder(LongTextBytes);
        finder.Take(secret);
        finder.SearchAddresses(secret);
        found.UnionWith(finder._found);
    }

    /// <summary>
    /// Returns the place of the first credential in a config, as names and numbers joined by dots; null if there is none. It is stricter
    /// than <see cref="Find"/>: a field with the name of a credential counts whatever it holds.
    /// </summary>
    public static string? FindPlace(JsonElement config) => FindPlace(config, "");

    private static string? FindPlace(JsonElement element, string before)
    {
        var inner = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(property => (property.Name, property.Value)),
            JsonValueKind.Array => element.EnumerateArray().Select((item, index) => (Name: $"{index}", Value: item)),
            _ => [],
        };
        foreach (var (name, value) in inner)
        {
            var place = before.Length == 0 ? name : $"{before}.{name}";
            if (FindPlace(value, place) is { } deeper)
                return deeper;

            if (IsCredential(name, value))
                return place;
        }

        return null;
    }

    private static bool IsCredential(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False)
            return false;

        var key = Plain(name);
        if (LooksLikeCredential(key) || EnvironmentNames.Contains(key))
            return true;

        var finder = new CredentialFinder(LongTextBytes);
        if (key.EndsWith("headers", StringComparison.Ordinal) || key.EndsWith("header", StringComparison.Ordinal))
            finder.TakeHeaders(value);

        finder.Search(value, 0);
        return finder._found.Count > 0;
    }

    private void Search(JsonElement element, int textDepth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                SearchObject(element, textDepth);
                break;
            case JsonValueKind.Array:
                SearchList(element, textDepth);
                break;
            case JsonValueKind.String:
                SearchText(element, textDepth);
                break;
        }
    }

    private void SearchObject(JsonElement element, int textDepth)
    {
        if (element.FindText("name") is { } name && element.Find("value") is { } named && LooksLikeCredential(Plain(name)))
            TakeAll(named);

        foreach (var property in element.EnumerateObject())
        {
            var key = Plain(property.Name);
            if (key is "task" or "tasks")
                continue;

            if (key.EndsWith("headers", StringComparison.Ordinal) || key.EndsWith("header", StringComparison.Ordinal))
                TakeHeaders(property.Value);
            else if (LooksLikeCredential(key) || EnvironmentNames.Contains(key))
                TakeAll(property.Value);

            Search(property.Value, textDepth);
        }
    }

    // In a program's arguments a flag that looks like a credential stands before its value.
    private void SearchList(JsonElement list, int textDepth)
    {
        var isAfterFlag = false;
        foreach (var item in list.EnumerateArray())
        {
            if (isAfterFlag && item.ValueKind == JsonValueKind.String)
                Take(item.GetString()!);

            isAfterFlag = IsText(item, beginsWith: '-') && item.GetString() is ['-', ..] flag && LooksLikeCredential(Plain(flag));
            Search(item, textDepth);
        }
    }

    private void TakeHeaders(JsonElement headers)
    {
        switch (headers.ValueKind)
        {
            case JsonValueKind.Object when headers.FindText("name") is { } name && headers.Find("value") is { } value:
                TakeHeader(name, value);
                break;
            case JsonValueKind.Object:
                foreach (var header in headers.EnumerateObject())
                    TakeHeader(header.Name, header.Value);

                break;
            case JsonValueKind.Array when IsPair(headers):
                TakeHeader(headers[0].GetString()!, headers[1]);
                break;
            case JsonValueKind.Array:
                foreach (var header in headers.EnumerateArray())
                    TakeHeaders(header);

                break;
            case JsonValueKind.String:
                foreach (var line in headers.GetString()!.Split('\n'))
                {
                    if (line.Split(':', 2) is [var name, var value])
                        TakeHeader(name, value);
                }

                break;
        }
    }

    private void TakeHeader(string name, JsonElement value)
    {
        foreach (var text in Texts(value))
            TakeHeader(name, text);
    }

    private void TakeHeader(string name, string value)
    {
        if (!OpenHeaders.Contains(Plain(name)))
            Take(value);
    }

    private void TakeAll(JsonElement value)
    {
        foreach (var text in Texts(value))
            Take(text);
    }

    // "Bearer abc…" is often quoted without its scheme, and a cookie without its name.
    private void Take(string value)
    {
        Add(value);
        foreach (var part in value.Split([' ', ';', ',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Add(part);
            if (part.IndexOf('=') is var at and > 0)
                Add(part[(at + 1)..].Trim('"'));
        }
    }

    private void TakeAddress(string address)
    {
        var authority = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = address.AsSpan(authority).IndexOfAny('/', '?', '#') is var found and >= 0 ? authority + found : address.Length;
        if (address.AsSpan(authority, end - authority).LastIndexOf('@') is var at and > 0)
        {
            var user = address.Substring(authority, at);
            AddDecoded(user);
            foreach (var part in user.Split(':', 2))
                AddDecoded(part);
        }

        foreach (var pair in address.Split('?', '#', '&').Skip(1))
        {
            if (pair.Split('=', 2) is [_, var value])
                AddDecoded(value);
        }
    }

    private void AddDecoded(string value)
    {
        Add(value);
        Add(Uri.UnescapeDataString(value));
        Add(Uri.UnescapeDataString(value.Replace('+', ' ')));
    }

    private void Add(string value)
    {
        var text = value.Trim();
        if (text.Length >= MinLength)
            _found.Add(text);
    }

    // An escape may stand for the first character.
    private static bool IsText(JsonElement element, char beginsWith) =>
        element.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(element)[1] is var first
        && (first == beginsWith || first == '\\');

    private static bool IsPair(JsonElement list) =>
        list.GetArrayLength() == 2 && list[0].ValueKind == JsonValueKind.String && list[1].ValueKind == JsonValueKind.String
        && !list[0].GetString()!.Contains(':', StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };

    private static bool LooksLikeCredential(string name) =>
        (name.Contains("token", StringComparison.Ordinal) && !name.Contains("tokeniz", StringComparison.Ordinal)
            && !name.EndsWith("tokens", StringComparison.Ordinal))
        || name.EndsWith("key", StringComparison.Ordinal) || name.EndsWith("keys", StringComparison.Ordinal)
        || CredentialNames.Contains(name)
        || CredentialParts.Any(part => name.Contains(part, StringComparison.Ordinal));

    /// <summary>Returns the letters and digits in lower case, so that apiKey, API-KEY and x_api_key are spelled alike.</summary>
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
