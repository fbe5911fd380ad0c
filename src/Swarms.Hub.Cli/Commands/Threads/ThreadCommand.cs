using System.CommandLine;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Lists a thread as a tree: each run below the one that it continues.</summary>
internal static class ThreadCommand
{
    // The hub refuses a run behind the thousandth turn; the indent ends where a line is full.
    private const int MaxIndent = 20;

    private const int PageSize = 100;

    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The id of any run of the thread, from 'runs'." };
        var command = new Command("thread", "List the runs of a thread, each below the one that it continues.") { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var named = await room.GetRunAsync(arguments.GetRequiredValue(run), cancellationToken);
            var runs = await ListAsync(room, named.Thread?.Root ?? named.Id, cancellationToken);
            Print(context, runs);
            return 0;
        });
        return command;
    }

    private static async Task<List<Run>> ListAsync(RoomClient room, string root, CancellationToken cancellationToken)
    {
        var runs = new List<Run>();
        string? before = null;
        do
        {
            var page = await room.ListRunsAsync(
                before: before, limit: PageSize, thread: root, cancellationToken: cancellationToken);
            runs.AddRange(page.Runs);
            before = page.Next;
        }
        while (before is not null);

        runs.Reverse();
        return runs;
    }

    private static void Print(CommandContext context, List<Run> runs)
    {
        var known = runs.Select(run => run.Id).ToHashSet();
        // A run whose earlier turn is not there starts a line of its own.
        var below = runs.ToLookup(run => run.Thread?.Continues is { } before && known.Contains(before) ? before : "");
        var superseded = runs.Where(WasQueued).Select(run => run.Thread?.Supersedes).OfType<string>().ToHashSet();
        var next = new Stack<Run>(below[""].Reverse());
        while (next.TryPop(out var run))
        {
            var indent = new string(' ', 2 * Math.Min(MaxIndent, (run.Thread?.Turn ?? 1) - 1));
            var mark = superseded.Contains(run.Id) ? " (superseded)" : "";
            var line = $"{indent}{run.Id}  {RunSummary.State(run)}{mark}  {RunSummary.Title(run)}: {RunSummary.Task(run)}";
            context.Out.WriteLine(indent + PrintableText.OfLine(line.TrimStart()));
            foreach (var child in below[run.Id].Reverse())
                next.Push(child);
        }
    }

    private static bool WasQueued(Run run) =>
        run.RemovedAt is null && run.State != RunStates.Proposed && (run.ProposedAt is null || run.ApprovedBy is not null);
}
