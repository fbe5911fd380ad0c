using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// Finds fields of a JSON object in one pass that builds nothing, so a request costs no more than its bytes. Bounds the number of values,
/// because parsers of the whole request need 12 bytes for each.
/// </summary>
internal static class RequestFields
{
    // No model reads as many, and no parser takes more than 6 MiB for them.
    internal const int MaxValues = 524_288;

    /// <summary>
    /// Returns the last of each named field; null if the JSON is no object. Throws a <see cref="JsonException"/> if it is not valid.
    /// </summary>
    public static Dictionary<string, RequestField>? Find(ReadOnlyMemory<byte> json, params string[] names)
    {
        var found = new Dictionary<string, RequestField>();
        var reader = new Utf8JsonReader(json.Span);
        string? name = null;
        var (isObject, start, values) = (false, 0, 0);
        while (reader.Read())
        {
            if (++values > MaxValues)
                throw new HubErrorException(ErrorCodes.TooLarge, $"The request has more than {MaxValues} names and values.");

            if (reader.CurrentDepth == 0)
                isObject |= reader.TokenType == JsonTokenType.StartObject;
            else if (reader.CurrentDepth > 1)
                continue;
            else if (reader.TokenType == JsonTokenType.PropertyName)
                name = NameOf(ref reader, names);
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                start = (int)reader.TokenStartIndex;
            else if (name is not null)
                found[name] = FieldOf(ref reader, json, start);
        }

        return isObject ? found : null;
    }

    private static string? NameOf(ref Utf8JsonReader reader, string[] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }

    private static RequestField FieldOf(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, int start)
    {
        var type = reader.TokenType;
        if (type is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            start = (int)reader.TokenStartIndex;

        return new RequestField(type, json[start..(int)reader.BytesConsumed]);
    }
}
