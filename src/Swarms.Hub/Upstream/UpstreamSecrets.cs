using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Redacts the secrets of one call in its answer: the hub's own key, and the tokens and headers that the request holds for its tools.
/// An upstream that quotes its input in an error would otherwise show them to the room. Finds only whole secrets within one chunk.
/// </summary>
internal sealed class UpstreamSecrets
{
    private const string Redacted = "[redacted]";

    // A shorter secret would match ordinary text by chance.
    private const int MinLength = 6;

    private readonly string[] _secrets;
    private readonly byte[][] _encoded;

    private UpstreamSecrets(IEnumerable<string> secrets)
    {
        // The longest comes first: replacing a secret that is part of another would leave the rest of that one.
        _secrets = [.. secrets.Where(secret => secret.Length >= MinLength).Distinct().OrderByDescending(secret => secret.Length)];
        _encoded = [.. _secrets.Select(Encoding.UTF8.GetBytes)];
    }

    public static UpstreamSecrets Of(string? apiKey, ReadOnlyMemory<byte> request)
    {
        var found = new List<string>();
        if (apiKey is not null)
            found.Add(apiKey);

        using var document = JsonText.TryParse(request, out _);
        if (document is not null)
            Collect(document.RootElement, found);

        return new UpstreamSecrets(found);
    }

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Redacted, StringComparison.Ordinal);

        return text;
    }

    /// <summary>Redacts JSON and other text alike; JSON stays JSON.</summary>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> body)
    {
        if (_secrets.Length == 0 || !MayHoldOne(body.Span))
            return body;

        using var document = JsonText.TryParse(body, out _);
        if (document is null)
            return Encoding.UTF8.GetBytes(Redact(Encoding.UTF8.GetString(body.Span)));

        return HoldsOne(document.RootElement) ? JsonText.Write(writer => Write(document.RootElement, writer), body.Length) : body;
    }

    /// <summary>True also for any body with an escape, because every character has several escaped forms.</summary>
    private bool MayHoldOne(ReadOnlySpan<byte> body)
    {
        if (body.Contains((byte)'\\'))
            return true;

        foreach (var secret in _encoded)
        {
            if (body.IndexOf(secret) >= 0)
                return true;
        }

        return false;
    }

    private bool HoldsOne(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(property => HoldsOne(property.Name) || HoldsOne(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HoldsOne),
        JsonValueKind.String => HoldsOne(element.GetString()!),
        _ => false,
    };

    private bool HoldsOne(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    private void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    // A header's value may be a common word such as "content"; a field of that name is not the secret.
                    writer.WritePropertyName(IsWord(property.Name) ? property.Name : Redact(property.Name));
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, writer);

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Redact(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void Collect(JsonElement element, List<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Name == "authorization_token")
                    Add(property.Value, found);

                if (property.Name == "headers" && property.Value.ValueKind == JsonValueKind.Object)
                {
                    foreach (var header in property.Value.EnumerateObject())
                        Add(header.Value, found);
                }

                Collect(property.Value, found);
            }
        }
    }

    private static void Add(JsonElement value, List<string> found)
    {
        if (value.ValueKind != JsonValueKind.String)
            return;

        var text = value.GetString()!.Trim();
        found.Add(text);
        // "Bearer abc…" is often quoted without its scheme.
        if (text.Split(' ', 2, StringSplitOptions.TrimEntries) is [_, var credential])
            found.Add(credential);
    }

    private static bool IsWord(string name) => name.All(unit => unit is (>= 'a' and <= 'z') or '_');
}
