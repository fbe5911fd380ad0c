using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>An agent of a room, so that a snapshot need not read the events of its changes.</summary>
internal sealed class AgentRow
{
    public long RoomKey { get; set; }

    public required string Id { get; set; }

    /// <summary>The sequence of the event that added it, which is its place among the room's agents.</summary>
    public long FirstSequence { get; set; }

    /// <summary>The <see cref="RoomAgent"/> as JSON, with the places of its secrets and without their values.</summary>
    public required string View { get; set; }

    public RoomAgent ToAgent() => JsonSerializer.Deserialize<RoomAgent>(View, ProtocolJson.Options)!;
}
