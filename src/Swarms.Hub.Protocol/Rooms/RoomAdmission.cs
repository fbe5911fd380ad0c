using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>What creating or joining a room gives.</summary>
public sealed record RoomAdmission
{
    /// <summary>The room.</summary>
    public required Room Room { get; init; }

    /// <summary>The caller in it.</summary>
    public required Member Member { get; init; }

    /// <summary>Stands for that member; null where a cookie was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }
}
