namespace Swarms.Hub.Storage.Model;

/// <summary>A reaction that a member has given, so that it is not given twice.</summary>
internal sealed class ReactionRow
{
    public long RoomKey { get; set; }

    /// <summary>The sequence of the event that it is given to.</summary>
    public long Target { get; set; }

    public required string MemberId { get; set; }

    public required string Emoji { get; set; }

    /// <summary>The sequence of the <c>reaction</c> event.</summary>
    public long Sequence { get; set; }
}
