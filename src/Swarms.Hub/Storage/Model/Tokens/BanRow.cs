namespace Swarms.Hub.Storage.Model;

/// <summary>A browser session that may not join a room again.</summary>
internal sealed class BanRow
{
    public required string Id { get; set; }

    public long RoomKey { get; set; }

    /// <summary>The SHA-256 of the session.</summary>
    public required byte[] SessionHash { get; set; }

    /// <summary>The name of the member who was removed.</summary>
    public required string Name { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The host who removed the member.</summary>
    public required string By { get; set; }
}
