using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Events of people's talk as lines: messages, reactions, hands, and what takes them back.</summary>
internal static class TalkWords
{
    /// <summary>Returns the line of an event; null for an event of another kind, or one whose data was erased.</summary>
    /// <param name="roomEvent">The event.</param>
    /// <param name="who">The name of the member who caused it.</param>
    /// <param name="nameOf">Names a member.</param>
    public static string? Of(RoomEvent roomEvent, string who, Func<string?, string?> nameOf)
    {
        var data = roomEvent.Data;
        // The event that erased it comes by itself.
        if (ErasedPayload.Read(data) is not null)
            return null;

        return roomEvent.Type switch
        {
            EventTypes.Message => $"#{roomEvent.Sequence} {who}{To(MessagePayload.Read(data).ReplyTo)}: {MessagePayload.Read(data).Text}",
            EventTypes.MessageEdited => $"#{MessageEditedPayload.Read(data).Target} {who}, edited: {MessageEditedPayload.Read(data).Text}",
            EventTypes.MessageRemoved => $"{who} removes #{MessageRemovedPayload.Read(data).Target}",
            EventTypes.Reaction => $"{who} reacts {Reaction(data)}",
            EventTypes.ReactionRemoved => $"{who} takes back {Reaction(data)}",
            EventTypes.HandRaised => $"{who} raises a hand",
            EventTypes.HandLowered when HandPayload.Read(data).Member is { } member =>
                $"{who} lowers the hand of {nameOf(member) ?? "somebody"}",
            EventTypes.HandLowered => $"{who} lowers the hand",
            EventTypes.RunHidden => $"{who} hides the run {RunHiddenPayload.Read(data).Run}",
            EventTypes.RunShown => $"{who} shows the run {RunHiddenPayload.Read(data).Run} again",
            EventTypes.RunRemoved => $"{who} removes the run {RunRemovedPayload.Read(data).Run}",
            _ => null,
        };
    }

    private static string To(long? replyTo) => replyTo is null ? "" : $" (to #{replyTo})";

    private static string Reaction(System.Text.Json.JsonElement data)
    {
        var (emoji, target, passage) = ReactionPayload.Read(data);
        return passage is null ? $"{emoji} to #{target}" : $"{emoji} to a passage at #{target}";
    }
}
