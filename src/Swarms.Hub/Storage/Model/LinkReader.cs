using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Reads links. Events that another program appended have none; theirs is derived from the link before them and their own content, so
/// that it is the same each time. Only <c>verify</c> reports that they do not belong there.
/// </summary>
internal static class LinkReader
{
    /// <summary>Returns the link of the event with this sequence; null if there is none, or it is older than the room's chain.</summary>
    public static async Task<EventLink?> FindAsync(HubDbContext context, RoomRow room, long sequence, CancellationToken cancellationToken)
    {
        if (sequence <= room.OriginSequence)
            return sequence == room.OriginSequence ? EventLink.Read(room.OriginLink) : null;

        var events = context.Events.Where(e => e.RoomKey == room.Key && e.Sequence > room.OriginSequence && e.Sequence <= sequence);
        var linked = await events.Where(e => e.Link!.Length == EventLink.Size).OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Sequence, e.Link }).FirstOrDefaultAsync(cancellationToken);
        var position = new LogPosition(
            linked?.Sequence ?? room.OriginSequence, EventLink.Read(linked is null ? room.OriginLink : linked.Link));
        var unlinked = events.Where(e => e.Sequence > position.Sequence).OrderBy(e => e.Sequence);
        await foreach (var row in unlinked.AsAsyncEnumerable().WithCancellation(cancellationToken))
            position = new LogPosition(row.Sequence, Follow(position.Link!.Value, row));

        return position.Sequence == sequence ? position.Link : null;
    }

    /// <summary>Returns the link of an event that was stored without one.</summary>
    public static EventLink Follow(EventLink before, EventRow row) =>
        before.Next(
            row.Sequence, row.At, row.Type, row.Run, row.By, row.Digest ?? SHA256.HashData(Encoding.UTF8.GetBytes(row.Data)));
}
