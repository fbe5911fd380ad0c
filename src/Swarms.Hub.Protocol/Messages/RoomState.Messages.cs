namespace Swarms.Hub.Protocol;

/// <content>The newest messages and the reactions to them.</content>
public sealed partial class RoomState
{
    /// <summary>The number of newest messages that are kept.</summary>
    public const int MaxMessages = 200;

    /// <summary>
    /// The length of newest messages that is kept, in UTF-16 units: their texts, and the emoji and member ids of their reactions.
    /// </summary>
    public const int MaxMessagesLength = 262_144;

    private readonly List<Message> _messages = [];

    // The lengths of texts that were erased, until the event that erased them comes: bounds then fold as for those who saw the text.
    private readonly Dictionary<long, int> _erasedLengths = [];
    private int _messagesLength;

    /// <summary>The newest messages in sequence order.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    private bool TryApplyToMessages(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.Message:
                AddMessage(roomEvent);
                return true;
            case EventTypes.MessageEdited:
                var (target, text) = MessageEditedPayload.Read(roomEvent.Data);
                var length = ErasedPayload.Read(roomEvent.Data)?.Length ?? 0;
                ChangeMessage(target, message => message with { Text = text, EditedAt = roomEvent.At }, length);
                return true;
            case EventTypes.MessageRemoved:
                ChangeMessage(MessageRemovedPayload.Read(roomEvent.Data).Target, message => Removed(message, roomEvent), erasedLength: 0);
                ForgetUnnamed();
                return true;
            case EventTypes.Reaction:
                AddReaction(roomEvent);
                return true;
            case EventTypes.ReactionRemoved:
                RemoveReaction(roomEvent);
                return true;
            default:
                return false;
        }
    }

    private static Message Removed(Message message, RoomEvent removed) => new()
    {
        Sequence = message.Sequence,
        At = message.At,
        By = message.By,
        Text = "",
        RemovedBy = removed.By,
        RemovedAt = removed.At,
    };

    private void AddMessage(RoomEvent roomEvent)
    {
        var (text, replyTo, quote) = MessagePayload.Read(roomEvent.Data);
        _messages.Add(new Message
        {
            Sequence = roomEvent.Sequence,
            At = roomEvent.At,
            By = roomEvent.By ?? "",
            Text = text,
            ReplyTo = replyTo,
            Quote = quote,
        });
        if (ErasedPayload.Read(roomEvent.Data)?.Length is { } length)
            _erasedLengths[roomEvent.Sequence] = length;

        _messagesLength += LengthOf(_messages[^1]);
        TrimMessages();
    }

    private void AddReaction(RoomEvent roomEvent)
    {
        var (emoji, target, passage) = ReactionPayload.Read(roomEvent.Data);
        if (roomEvent.By is not { } by)
            return;

        if (passage is not null)
            FindRun(passage.Run)?.AddReaction(emoji, passage, by);
        else
            ChangeMessage(target, message => WithReaction(message, emoji, by));
    }

    private void RemoveReaction(RoomEvent roomEvent)
    {
        var (emoji, target, passage) = ReactionPayload.Read(roomEvent.Data);
        if (roomEvent.By is not { } by)
            return;

        if (passage is not null)
            FindRun(passage.Run)?.RemoveReaction(emoji, passage, by);
        else
            ChangeMessage(target, message => WithoutReaction(message, emoji, by));
    }

    private Message WithReaction(Message message, string emoji, string by)
    {
        var reactions = message.Reactions.ToList();
        var index = reactions.FindIndex(r => r.Emoji == emoji);
        if (index < 0)
            reactions.Add(new MessageReaction { Emoji = emoji, By = [by] });
        else if (!reactions[index].By.Contains(by))
            reactions[index] = reactions[index] with { By = [.. reactions[index].By, by] };

        var after = message with { Reactions = reactions };
        // One message must leave the others some room: its further reactions are in the log only.
        return LengthOf(after) > MaxMessagesLength ? message : after;
    }

    private static Message WithoutReaction(Message message, string emoji, string by) => message with
    {
        Reactions =
        [
            .. message.Reactions
                .Select(reaction => reaction.Emoji == emoji ? reaction with { By = [.. reaction.By.Where(id => id != by)] } : reaction)
                .Where(reaction => reaction.By.Count > 0),
        ],
    };

    // A message that was removed, or is not kept any more, does not change.
    private void ChangeMessage(long target, Func<Message, Message> change, int? erasedLength = null)
    {
        var index = _messages.FindIndex(message => message.Sequence == target);
        if (index < 0 || _messages[index].RemovedAt is not null)
            return;

        var after = change(_messages[index]);
        _messagesLength -= LengthOf(_messages[index]);
        if (erasedLength is 0)
            _erasedLengths.Remove(target);
        else if (erasedLength is { } length)
            _erasedLengths[target] = length;

        _messages[index] = after;
        _messagesLength += LengthOf(after);
        TrimMessages();
    }

    private void TrimMessages()
    {
        var first = 0;
        for (; _messages.Count - first > MaxMessages || (_messagesLength > MaxMessagesLength && first < _messages.Count - 1); first++)
        {
            _messagesLength -= LengthOf(_messages[first]);
            _erasedLengths.Remove(_messages[first].Sequence);
        }

        if (first == 0)
            return;

        _messages.RemoveRange(0, first);
        ForgetUnnamed();
    }

    private int LengthOf(Message message) =>
        message.Text.Length + _erasedLengths.GetValueOrDefault(message.Sequence)
        + message.Reactions.Sum(reaction => reaction.Emoji.Length + reaction.By.Sum(by => by.Length));
}
