namespace Swarms.Hub.Protocol;

/// <content>The newest messages and the reactions to them.</content>
public sealed partial class RoomState
{
    /// <summary>The number of newest messages that are kept.</summary>
    public const int MaxMessages = 200;

    private readonly List<Message> _messages = [];

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
        var isFull = _messages.Count == MaxMessages;
        if (isFull)
            _messages.RemoveAt(0);

        _messages.Add(new Message
        {
            Sequence = roomEvent.Sequence,
            At = roomEvent.At,
            By = roomEvent.By ?? "",
            Text = MessagePayload.Read(roomEvent.Data).Text,
        });
        if (isFull)
            ForgetUnnamed();
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

        _messages[index] = message with { Reactions = reactions };
    }
}
