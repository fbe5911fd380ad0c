using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads groups and what blind ones hide, on its own connections. Safe from any thread.</summary>
internal sealed class GroupStore(HubDatabase database) : IGroupStore
{
    public Task<(RunGroup Group, long? Revealed)?> FindAsync(long roomKey, string groupId, CancellationToken cancellationToken) =>
        database.ReadAsync<(RunGroup Group, long? Revealed)?>(async context =>
        {
            var row = await context.RunGroups.FirstOrDefaultAsync(g => g.RoomKey == roomKey && g.Id == groupId, cancellationToken);
            return row is null ? null : (row.ToGroup(), row.RevealSequence);
        });

    public Task<string?> FindVoteAsync(long roomKey, string groupId, string memberId, CancellationToken cancellationToken) =>
        database.ReadAsync(async context =>
        {
            var group = await context.RunGroups.FirstOrDefaultAsync(g => g.RoomKey == roomKey && g.Id == groupId, cancellationToken);
            if (group?.RevealSequence is not { } revealed)
                return null;

            // A member may vote in several groups at one time, and as often as it likes in each: the newest of this group counts.
            var votes = context.Events
                .Where(e => e.RoomKey == roomKey && e.Run == null && e.Sequence > group.FirstSequence && e.Sequence < revealed)
                .Where(e => e.Type == EventTypes.GroupVoted && e.By == memberId)
                .OrderByDescending(e => e.Sequence)
                .AsAsyncEnumerable();
            await foreach (var row in votes.WithCancellation(cancellationToken))
            {
                if (GroupVotedPayload.Read(row.ToRoomEvent().Data) is { } vote && vote.Group == groupId)
                    return vote.Run;
            }

            return null;
        });

    public async Task<IReadOnlyList<HiddenRun>> ListHiddenAsync(long roomKey, string? groupId, CancellationToken cancellationToken) =>
        [.. (await ListAsync(rows => rows.Where(r => r.RoomKey == roomKey && (groupId == null || r.GroupId == groupId)), cancellationToken))
            .Select(kept => kept.Run)];

    // The rows of a deleted room are removed bit by bit.
    public Task<IReadOnlyList<KeptRun>> ListHiddenAsync(CancellationToken cancellationToken) => ListAsync(rows => rows, cancellationToken);

    private Task<IReadOnlyList<KeptRun>> ListAsync(
        Func<IQueryable<HiddenRunRow>, IQueryable<HiddenRunRow>> choose, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KeptRun>>(async context =>
        {
            var living = context.HiddenRuns.Where(r => context.Rooms.Any(room => room.Key == r.RoomKey && room.DeletedAt == null));
            var rows = await choose(living).OrderBy(r => r.RunId).ToListAsync(cancellationToken);
            return rows.ConvertAll(row => new KeptRun(row.RoomKey, row.ToHidden()));
        });
}
