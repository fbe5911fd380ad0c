using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Redacts the secrets of one call in its answer: the hub's own key, and what the request holds for its tools
/// (<see cref="CredentialFinder"/>). An upstream that quotes its input in an error would otherwise show them to the room.
/// </summary>
internal sealed class UpstreamSecrets
{
    // The automaton takes 18 bytes for each character. A request has a few thousand.
    internal const int MaxCharacters = 1_048_576;

    private readonly SecretAutomaton _automaton;
    private readonly bool _isEmpty;

    private UpstreamSecrets(IReadOnlyCollection<string> secrets)
    {
        _automaton = new SecretAutomaton(secrets);
        _isEmpty = secrets.Count == 0;
    }

    /// <summary>Finds the secrets of a call. Throws an <see cref="UpstreamException"/> if they are too many.</summary>
    public static UpstreamSecrets Of(string? apiKey, ReadOnlyMemory<byte> request, params IReadOnlyCollection<string> more)
    {
        // JSON's readers let bytes that are no UTF-8 pass, and throw when such a text is read.
        using var document = JsonText.TryParse(Utf8.IsValid(request.Span) ? request : JsonText.ToUtf8(request.Span), out _);
        var found = document is null ? [] : CredentialFinder.Find(document.RootElement);
        foreach (var secret in more)
            CredentialFinder.AddTo(found, secret);

        if (!string.IsNullOrEmpty(apiKey))
            found.Add(apiKey);

        if (found.Sum(secret => (long)secret.Length) > MaxCharacters)
        {
            throw new UpstreamException(
                ErrorCodes.TooLarge,
                $"The request holds more than {MaxCharacters} characters of credentials, too many to be kept out of the room's texts.");
        }

        return new UpstreamSecrets(found);
    }

    /// <summary>Redacts a text that is whole.</summary>
    public string Redact(string text)
    {
        if (!HoldsOne(text))
            return text;

        var filter = new SecretFilter(_automaton);
        return filter.Add(text) + filter.Finish();
    }

    /// <summary>Begins a text that comes in pieces.</summary>
    public SecretFilter Filter() => new(_automaton);

    /// <summary>Redacts JSON and other text alike; JSON stays JSON.</summary>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> body)
    {
        if (_isEmpty || !MayHoldOne(body.Span))
            return body;

        using var document = JsonText.TryParse(body, out _);
        if (document is null)
            return Encoding.UTF8.GetBytes(Redact(Encoding.UTF8.GetString(body.Span)));

        return HoldsOne(document.RootElement) ? JsonText.Write(writer => Write(document.RootElement, writer), body.Length) : body;
    }

    /// <summary>Writes JSON without its secrets, and with another text in place of one of its fields.</summary>
    public string Replace(JsonElement json, string field, string text) => Encoding.UTF8.GetString(JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var property in json.EnumerateObject())
        {
            writer.WritePropertyName(IsWord(property.Name) ? property.Name : Redact(property.Name));
            if (property.NameEquals(field))
                writer.WriteStringValue(text);
            else
                Write(property.Value, writer);
        }

        writer.WriteEndObject();
    }));

    /// <summary>True also for any body with an escape, because every character has several escaped forms.</summary>
    private bool MayHoldOne(ReadOnlySpan<byte> body)
    {
        if (body.Contains((byte)'\\'))
            return true;

        var state = 0;
        Span<char> units = stackalloc char[512];
        while (!body.IsEmpty)
        {
            Utf8.ToUtf16(body, units, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
            if (HoldsOne(units[..written], ref state))
                return true;

            body = body[read..];
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

    private bool HoldsOne(string text)
    {
        var state = 0;
        return HoldsOne(text, ref state);
    }

    private bool HoldsOne(ReadOnlySpan<char> text, ref int state)
    {
        foreach (var unit in text)
        {
            state = _automaton.Next(state, unit);
            if (_automaton.Found(state) > 0)
                return true;
        }

        return false;
    }

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

    private static bool IsWord(string name) => name.All(unit => unit is (>= 'a' and <= 'z') or '_');
}
