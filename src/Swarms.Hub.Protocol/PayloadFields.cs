using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>Reads fields of an event's data. A field of a wrong type counts as missing, because no event may stop a fold.</summary>
internal static class PayloadFields
{
    public static string? Text(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static long? Number(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>Returns the time of this name; null if there is none.</summary>
    public static DateTimeOffset? Time(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.TryGetDateTimeOffset(out var time)
            ? time
            : null;

    public static decimal? Figure(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var figure)
            ? figure
            : null;

    public static bool? Flag(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : null;

    /// <summary>Returns the texts of the array of this name; none if there is no such array.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>Returns the texts of the array of this name; null if there is no such array.</summary>
    public static IReadOnlyList<string>? OptionalTexts(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? data.Texts(name)
            : null;

    /// <summary>Returns the whole numbers of the array of this name; none if there is no such array.</summary>
    public static IReadOnlyList<long> Numbers(this JsonElement data, string name) =>
        [.. from item in data.List(name)
            where item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _)
            select item.GetInt64()];

    /// <summary>Returns the object of this name; an undefined element if there is none.</summary>
    public static JsonElement Object(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : default;

    /// <summary>Returns the items of the list of this name; none if there is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    public static bool IsTrue(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
