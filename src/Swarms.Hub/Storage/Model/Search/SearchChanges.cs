using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>The events that change what is found, and whose documents they change. Safe from any thread.</summary>
internal static class SearchChanges
{
    /// <summary>The types of these events.</summary>
    public static readonly FrozenSet<string> Types = new[]
    {
        EventTypes.RunProposed, EventTypes.RunApproved, EventTypes.RunQueued, EventTypes.Done, EventTypes.Error, EventTypes.Cancelled,
        EventTypes.Declined, EventTypes.Interrupted, EventTypes.RunHidden, EventTypes.RunShown, EventTypes.RunRemoved,
        EventTypes.GroupRevealed, EventTypes.MemberJoined, EventTypes.MemberChanged, EventTypes.MemberLeft, EventTypes.AgentChanged,
        EventTypes.AgentRemoved, EventTypes.Message, EventTypes.MessageEdited, EventTypes.MessageRemoved,
    }.ToFrozenSet();

    /// <summary>True of an event of a run that comes before its ending.</summary>
    public static bool IsBeforeEnding(string type) => type is EventTypes.RunProposed or EventTypes.RunApproved or EventTypes.RunQueued;

    /// <summary>Returns the kinds and ids of the documents that the event changes.</summary>
    public static IReadOnlyList<(string Kind, string Item)> Of(string type, long sequence, string? run, string json)
    {
        var data = JsonElement.Parse(json);
        // The event that erased these data follows in the log.
        if (ErasedPayload.Read(data) is not null)
            return [];

        return type switch
        {
            EventTypes.Message => [Message(sequence)],
            EventTypes.MessageEdited => [Message(MessageEditedPayload.Read(data).Target)],
            EventTypes.MessageRemoved => [Message(MessageRemovedPayload.Read(data).Target)],
            EventTypes.MemberJoined or EventTypes.MemberChanged => [(SearchKinds.Member, MemberPayload.Read(data).Member.Id)],
            EventTypes.MemberLeft => [(SearchKinds.Member, MemberLeftPayload.Read(data).Member.Id)],
            EventTypes.AgentChanged => [(SearchKinds.Agent, AgentPayload.Read(data).Agent.Id)],
            EventTypes.AgentRemoved => [(SearchKinds.Agent, AgentRemovedPayload.Read(data).Agent.Id)],
            EventTypes.RunHidden or EventTypes.RunShown => [(SearchKinds.Run, RunHiddenPayload.Read(data).Run)],
            EventTypes.RunRemoved => [(SearchKinds.Run, RunRemovedPayload.Read(data).Run)],
            EventTypes.GroupRevealed => [.. GroupRevealedPayload.Read(data).Results.Select(result => (SearchKinds.Run, result.Run))],
            _ => run is null ? [] : [(SearchKinds.Run, run)],
        };
    }

    private static (string Kind, string Item) Message(long target) =>
        (SearchKinds.Message, target.ToString(CultureInfo.InvariantCulture));
}
