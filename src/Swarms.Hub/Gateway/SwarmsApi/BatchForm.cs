using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>The form of a batch: how its entries are read, and how its answer is written.</summary>
/// <param name="Field">The field that holds the entries; null where the body is their list.</param>
/// <param name="NameField">The field of an entry's error that names it; null for none.</param>
/// <param name="Parse">Validates one entry.</param>
internal sealed record BatchForm(string? Field, string? NameField, Func<ReadOnlyMemory<byte>, RunRequest> Parse)
{
    /// <summary>The most entries of a batch, as the Swarms API has it for agents.</summary>
    public const int MaxEntries = 10;

    public static BatchForm Agents { get; } =
        new(null, "name", body => RunRequest.Parse(RunKinds.Agent, body, isStreamed: null)) { HasFrame = true };

    public static BatchForm Swarms { get; } =
        new(null, "swarm_name", body => RunRequest.Parse(RunKinds.Swarm, body, isStreamed: null)) { HasResult = true };

    public static BatchForm Research { get; } =
        new("input_schemas", null, body => RunRequest.ParseOther("v1/advanced-research/completions", RunKinds.Swarm, body));

    /// <summary>True if the answers stand in an object with figures of the batch.</summary>
    public bool HasFrame { get; private init; }

    /// <summary>True if an entry's answer stands in an object that says how it ended.</summary>
    public bool HasResult { get; private init; }

    private string Place => Field ?? "The body";

    /// <summary>Returns the entries, each with bytes of its own. Refuses a body that holds none, or too many.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!FindList(ref reader))
                throw Invalid($"{Place} must be a list of requests.");

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (entries.Count == MaxEntries)
                    throw Invalid($"{Place} may hold {MaxEntries} requests. Send more in several batches.");

                entries.Add(body[start..(int)reader.BytesConsumed].ToArray());
            }

            while (reader.Read())
            {
                // The rest must be valid too.
            }
        }
        catch (JsonException e)
        {
            throw Invalid($"The body is not valid JSON, or is nested too deep (line {e.LineNumber + 1}).");
        }

        return entries.Count > 0 ? entries : throw Invalid($"{Place} is empty: it should hold 1 to {MaxEntries} requests.");
    }

    private bool FindList(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || Field is null)
            return reader.TokenType == JsonTokenType.StartArray;

        if (reader.TokenType != JsonTokenType.StartObject)
            return false;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = reader.ValueTextEquals(Field);
            reader.Read();
            if (isList)
                return reader.TokenType == JsonTokenType.StartArray;

            reader.Skip();
        }

        return false;
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
