using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>Keeps an upstream from imitating the hub: event types that the hub uses itself get the prefix <c>upstream.</c></summary>
internal static class ReservedTypes
{
    private const int MaxLength = 100;

    public static string Unreserved(string type)
    {
        var safe = string.Concat(type.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(MaxLength));
        return IsReserved(safe) ? $"upstream.{safe}" : safe;
    }

    public static bool IsReserved(string type) =>
        type is "" or EventTypes.Cancelled or EventTypes.Declined or EventTypes.Interrupted
            // The translator makes these itself, in the form that the fold expects; here they may have any other form.
            or EventTypes.Chunk or EventTypes.Usage or EventTypes.Metadata or EventTypes.AgentStart or EventTypes.AgentEnd
            or EventTypes.Done or EventTypes.Error or EventTypes.Reasoning or EventTypes.ToolCall
            or EventTypes.Message or EventTypes.Reaction or EventTypes.Spending or EventTypes.Masked
            // The room's feed over SSE gives its own frames these names.
            or FrameKinds.Snapshot or FrameKinds.Resumed or FrameKinds.Storage or SseEvents.Ping or SseEvents.Closed
        || type.StartsWith("run.", StringComparison.Ordinal)
        || type.StartsWith("room.", StringComparison.Ordinal)
        || type.StartsWith("member.", StringComparison.Ordinal)
        || type.StartsWith("hand.", StringComparison.Ordinal)
        || type.StartsWith("agent.", StringComparison.Ordinal)
        || type.StartsWith("message.", StringComparison.Ordinal)
        || type.StartsWith("group.", StringComparison.Ordinal)
        || type.StartsWith("lane.", StringComparison.Ordinal)
        || type.StartsWith("budget.", StringComparison.Ordinal)
        || type.StartsWith("reaction.", StringComparison.Ordinal);
}
