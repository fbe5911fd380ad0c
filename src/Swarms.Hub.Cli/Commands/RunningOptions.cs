using System.CommandLine;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Starts a run and follows it, as the options of the command say.</summary>
internal sealed class RunningOptions(CommandContext context)
{
    private readonly Option<bool> _detach = new("--detach") { Description = "Print the run's id and leave." };
    private readonly Option<bool> _cancelOnExit = new("--cancel-on-exit")
    {
        Description = "Leaving cancels the run; otherwise it goes on.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_detach);
        command.Options.Add(_cancelOnExit);
    }

    public async Task<int> StartAsync(
        RoomClient room, StartRunRequest request, ParseResult arguments, CancellationToken cancellationToken)
    {
        var isCancelled = arguments.GetValue(_cancelOnExit);
        // The hub may start the run in the last moment. Its id must arrive before it can be cancelled.
        using var starting = new CancellationTokenSource();
        using var _ = cancellationToken.UnsafeRegister(
            _ => starting.CancelAfter(isCancelled ? RunFollowing.CancelTimeout : TimeSpan.Zero), null);
        var run = await room.StartRunAsync(request, starting.Token);
        if (arguments.GetValue(_detach))
        {
            context.Out.WriteLine(run.Id);
            return 0;
        }

        var following = new RunFollowing(context, room, run.Id, isCancelled);
        return await following.RunAsync(RunSummary.State(run), cancellationToken);
    }
}
