using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The answer to creating or joining a room.</summary>
public sealed record RoomAdmission
{
    /// <summary>The room.</summary>
    public required Room Room { get; init; }

    /// <summary>The caller as a member.</summary>
    public required Member Member { get; init; }

    /// <summary>The member's token; null if a cookie was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    /// <summary>The end of the token's lifetime, in UTC with milliseconds; null if it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
