using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>Reads fields of an event's data. A field of another type than it should have is one that is not there: no event may stop a fold.</summary>
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

    public static decimal? Figure(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out var figure)
            ? figure
            : null;

    /// <summary>The object of that name; an undefined element where there is none.</summary>
    public static JsonElement Object(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
}
