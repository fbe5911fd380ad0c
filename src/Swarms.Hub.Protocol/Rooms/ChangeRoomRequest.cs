using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that changes a room.</summary>
public sealed record ChangeRoomRequest
{
    /// <summary>The new name: 1 to 200 characters; the name stays if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>
    /// An object with the settings that change, by their names in <see cref="RoomSettings"/>; null as a value gives a setting back to the
    /// hub's default.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Settings { get; init; }
}
