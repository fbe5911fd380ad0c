namespace Swarms.Hub.Storage.Model;

/// <summary>A secret of an agent, encrypted with keys that lie outside the database.</summary>
internal sealed class AgentSecretRow
{
    public long RoomKey { get; set; }

    public required string AgentId { get; set; }

    /// <summary>The place below <c>agent_config</c>.</summary>
    public required string Place { get; set; }

    public required byte[] Value { get; set; }
}
