using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>
/// Reads the present texts of messages that runs answer, for proposals: a message may be edited or removed while its answer waits for a
/// host. Safe from any thread.
/// </summary>
internal sealed class MessageTasks(IRoomStore store)
{
    /// <summary>
    /// Returns the start with its message's present text; unchanged where it has a task of its own. Fails with <c>conflict</c> if the
    /// message was removed.
    /// </summary>
    public async Task<AgentStart> RefreshAsync(RoomLog log, AgentStart start, CancellationToken cancellationToken)
    {
        if (!start.IsTaskOfMessage || start.Message is not { } sequence)
            return start;

        var found = await store.ReadMessagesAsync(log.Key, sequence - 1, sequence + 1, 1, cancellationToken);
        return found is [{ RemovedAt: null } message]
            ? start with { Task = message.Text }
            : throw new HubErrorException(
                ErrorCodes.Conflict, "The message that it answers was removed. Approve it with another task, or decline it.");
    }
}
