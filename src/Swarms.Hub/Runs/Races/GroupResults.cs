using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>Counts the votes of a group. Pure.</summary>
internal static class GroupResults
{
    /// <summary>Returns the votes of each of these runs, most first; runs with as many votes are in order of their numbers.</summary>
    public static IReadOnlyList<GroupResult> Of(RunGroup group, IEnumerable<string> left) =>
    [
        .. left.Select(run => new GroupResult(run, group.Votes.FirstOrDefault(votes => votes.Run == run)?.By.Count ?? 0))
            .OrderByDescending(result => result.Votes)
            .ThenBy(result => group.Runs.IndexOf(result.Run)),
    ];

    private static int IndexOf(this IReadOnlyList<string> runs, string run) => runs.Index().First(one => one.Item == run).Index;
}
