using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The port to the groups of rooms and to what blind ones hide. Safe from any thread. Its writes are <see cref="RaceChange"/>s.
/// </summary>
internal interface IGroupStore
{
    /// <summary>
    /// Returns the group as it stands, and the sequence of its last <c>group.revealed</c>; null if the room has no such group.
    /// </summary>
    Task<(RunGroup Group, long? Revealed)?> FindAsync(long roomKey, string groupId, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the run that a member voted for when the group was revealed, from the log; null if it was none. The group itself keeps the
    /// votes of single members only until then.
    /// </summary>
    Task<string?> FindVoteAsync(long roomKey, string groupId, string memberId, CancellationToken cancellationToken);

    /// <summary>Returns what the room's blind groups hide, of one group or of all.</summary>
    Task<IReadOnlyList<HiddenRun>> ListHiddenAsync(long roomKey, string? groupId, CancellationToken cancellationToken);

    /// <summary>Returns what all blind groups of all rooms hide.</summary>
    Task<IReadOnlyList<KeptRun>> ListHiddenAsync(CancellationToken cancellationToken);
}
