using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Prints a run's text and its end. A console that leaves before the end cancels the run or lets it go on.</summary>
internal sealed class RunFollowing(CommandContext context, RoomClient room, string runId, bool cancelOnExit)
{
    public static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(string state, CancellationToken cancellationToken)
    {
        Run? run = null;
        try
        {
            context.Note($"run {runId}: {state}");
            run = await new RunFollower(context, room, runId).FollowAsync(cancellationToken);
            if (context.IsTerminal)
                context.Out.WriteLine();

            context.Note(RunSummary.Line(RunSummary.State(run, id => room.State?.FindName(id)), RunSummary.Usage(run), Verdict()));
            return run.State == EventTypes.Done ? 0 : ExitCodes.Failed;
        }
        catch (Exception e) when (run is null && e is not HubClientException)
        {
            await LeaveAsync(e);
            throw;
        }
    }

    private async Task LeaveAsync(Exception reason)
    {
        // A pipe that nobody reads ends the command without a word, as it ends other tools.
        var isQuiet = FailureSentence.IsOutputClosed(reason);
        if (!cancelOnExit)
        {
            if (!isQuiet)
                context.LastNote("\nThe run goes on. 'swarms-hub watch' shows it.");

            return;
        }

        using var tooLate = new CancellationTokenSource(CancelTimeout, context.TimeProvider);
        try
        {
            var cancelled = await room.CancelRunAsync(runId, tooLate.Token);
            if (!isQuiet)
                context.LastNote($"\nrun {runId}: {RunSummary.State(cancelled)}");
        }
        catch (OperationCanceledException)
        {
            context.LastNote($"\nThe hub did not answer in time: run {runId} may go on.");
        }
        catch (HubClientException e)
        {
            context.LastNote($"\nRun {runId} may go on: {FailureSentence.Of(e)}");
        }
    }

    private string? Verdict() => room.IsVerified(runId) switch
    {
        true => "verified: this is the text that everybody saw",
        false => "NOT verified: the text differs from the digest that the hub states",
        null => null,
    };
}
