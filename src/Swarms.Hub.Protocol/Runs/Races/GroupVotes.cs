namespace Swarms.Hub.Protocol;

/// <summary>The votes for one run of a group.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="By">The ids of the members who voted for it, in order of their votes.</param>
public sealed record GroupVotes(string Run, IReadOnlyList<string> By);
