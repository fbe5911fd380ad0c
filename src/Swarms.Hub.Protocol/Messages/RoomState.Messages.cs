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
            case EventTypes.Reaction:
                AddReaction(roomEvent);
                return true;
            default:
                return false;
        }
    }

    private void AddMessage(RoomEvent roomEvent)
    {
        _messages.Add(new Message
        {
            Sequence = roomEvent.Sequence,
            At = roomEvent.At,
            By = roomEvent.By ?? "",
            Text = MessagePayload.Read(roomEvent.Data).Text,
        });
        _messagesLength += LengthOf(_messages[^1]);
        TrimMessages();
    }

    private void AddReaction(RoomEvent roomEvent)
    {
        var (emoji, target) = ReactionPayload.Read(roomEvent.Data);
        var index = _messages.FindIndex(message => message.Sequence == target);
        if (index < 0 || roomEvent.By is not { } by)
            return;

        var message = _messages[index];
        var reactions = message.Reactions.ToList();
        var reaction = reactions.FindIndex(r => r.Emoji == emoji);
        if (reaction < 0)
            reactions.Add(new MessageReaction { Emoji = emoji, By = [by] });
        else if (!reactions[reaction].By.Contains(by))
            reactions[reaction] = reactions[reaction] with { By = [.. reactions[reaction].By, by] };

        var after = message with { Reactions = reactions };
        // One message must leave the others some room: its further reactions are in the log only.
        if (LengthOf(after) > MaxMessagesLength)
            return;

        _messages[index] = after;
        _messagesLength += LengthOf(after) - LengthOf(message);
        TrimMessages();
    }

    private void TrimMessages()
    {
        var first = 0;
        for (; _messages.Count - first > MaxMessages || (_messagesLength > MaxMessagesLength && first < _messages.Count - 1); first++)
            _messagesLength -= LengthOf(_messages[first]);

        if (first == 0)
            return;

        _messages.RemoveRange(0, first);
        ForgetUnnamed();
    }

    private static int LengthOf(Message message) =>
        message.Text.Length + message.Reactions.Sum(reaction => reaction.Emoji.Length + reaction.By.Sum(by => by.Length));
}
