using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that admits a program.</summary>
public sealed record CreateProgramRequest
{
    /// <summary>The program's name in the room: 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>One of <see cref="MemberRoles"/>; participant if left out.</summary>
    [OneOf(typeof(MemberRoles))]
    public string? Role { get; init; }

    /// <summary>True if the program's runs need no approval in a moderated room; false if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unmoderated { get; init; }

    /// <summary>The token's lifetime in seconds: 1 second to ten years; without an end if left out.</summary>
    public long? ExpiresInSeconds { get; init; }
}
