using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A room.</summary>
internal sealed class RoomRow
{
    public long Key { get; set; }

    public required string Id { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// The sequence at which the room's chain begins: 0, or the head at which an earlier version's database was migrated.
    /// </summary>
    public long OriginSequence { get; set; }

    /// <summary>The random link at the origin; null for a room that was deleted before there were links.</summary>
    public byte[]? OriginLink { get; set; }

    /// <summary>The <see cref="RoomSettings"/> in effect, as JSON; null if the log says nothing about them.</summary>
    public string? Settings { get; set; }

    /// <summary>The retention in the settings, so that idle rooms are found by a query; null without one.</summary>
    public long? RetentionSeconds { get; set; }

    /// <summary>The room whose run this is a lane of; null for a room of people.</summary>
    public long? LaneRoomKey { get; set; }

    /// <summary>The run whose lane this is.</summary>
    public string? LaneRunId { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>True while a deleted room still has rows that <see cref="DeletedRoomSweeper"/> must remove.</summary>
    public bool HasRemains { get; set; }

    public static string? Write(RoomSettings? settings) =>
        settings is null ? null : JsonSerializer.Serialize(settings, ProtocolJson.Options);

    public RoomSettings? ReadSettings() =>
        Settings is null ? null : JsonSerializer.Deserialize<RoomSettings>(Settings, ProtocolJson.Options);

    /// <summary>Returns the room; of a lane, the id of its run's room is given.</summary>
    public Room ToRoom(string? roomOfLane) => new()
    {
        Id = Id,
        Name = Name,
        CreatedAt = CreatedAt,
        Settings = ReadSettings(),
        Lane = roomOfLane is null ? null : new RoomLane(roomOfLane, LaneRunId!),
    };
}
