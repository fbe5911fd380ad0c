using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that approves a proposal.</summary>
public sealed record ApproveRunRequest
{
    /// <summary>The task to send in place of the proposer's; the proposer's own if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }
}
