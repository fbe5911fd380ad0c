using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>room.created</c> and <c>room.changed</c>.</summary>
/// <param name="Name">The room's name from now on.</param>
/// <param name="Settings">The settings in effect from now on; null in an event from before there were settings.</param>
public sealed record RoomPayload(
    string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoomSettings? Settings = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RoomPayload Read(JsonElement data)
    {
        var settings = data.Object("settings");
        return new RoomPayload(
            data.Text("name") ?? "", settings.ValueKind == JsonValueKind.Object ? RoomSettings.Read(settings) : null);
    }
}
