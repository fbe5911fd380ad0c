using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Changes of a room's messages, each in the commit of its event. A message is its event: there are no rows of messages.</summary>
internal abstract record MessageChange : RoomChange
{
    /// <summary>
    /// Checks what a new message refers to. The commit fails with <c>not_found</c> if there is no such message, run or chunk, with
    /// <c>conflict</c> if it was removed, and with <c>invalid</c> if an offset is outside its chunk.
    /// </summary>
    internal sealed record Refer(long? ReplyTo, Passage? Quote) : MessageChange;

    /// <summary>
    /// Erases the text that a message had. The commit fails with <c>not_found</c> if there is no such message, with <c>forbidden</c> if
    /// <paramref name="By"/> is not its author, and with <c>conflict</c> if it was removed or the text is the same.
    /// </summary>
    internal sealed record Edit(long Target, string Text, string By) : MessageChange;

    /// <summary>
    /// Erases a message and the reactions to it. The commit fails with <c>not_found</c> if there is no such message, with <c>forbidden</c>
    /// if <paramref name="By"/> is neither its author nor a host, and with <c>conflict</c> if it was removed before.
    /// </summary>
    internal sealed record Remove(long Target, string By) : MessageChange;
}
