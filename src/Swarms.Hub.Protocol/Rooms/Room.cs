using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A room that people watch together; it has one ordered log.</summary>
public sealed record Room
{
    /// <summary>An opaque, URL-safe id that sorts by creation.</summary>
    public required string Id { get; init; }

    /// <summary>The name: 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The time of creation, in UTC with milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The settings in effect; null in a room from before there were settings, until it is loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomSettings? Settings { get; init; }

    /// <summary>The run whose lane this is; null for a room of people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomLane? Lane { get; init; }
}
