using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>room.created</c> and <c>room.changed</c>.</summary>
/// <param name="Name">The room's name from now on.</param>
public sealed record RoomNamePayload(string Name)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RoomNamePayload Read(JsonElement data) => new(data.Text("name") ?? "");
}
