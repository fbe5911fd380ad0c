using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that gives a proposal another place.</summary>
public sealed record PlaceRunRequest
{
    /// <summary>The id of the proposal before which it comes; the last place if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Before { get; init; }
}
