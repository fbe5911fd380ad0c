using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RunCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var request = new RunRequestOptions(context);
        var detach = new Option<bool>("--detach") { Description = "Print the run's id and leave." };
        var cancelOnExit = new Option<bool>("--cancel-on-exit") { Description = "Leaving cancels the run; otherwise it goes on." };
        var command = new Command("run", "Start a run and print its text while it grows.");
        request.AddTo(command);
        command.Options.Add(detach);
        command.Options.Add(cancelOnExit);
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var task = await request.ReadAsync(arguments, cancellationToken);
            var isCancelled = arguments.GetValue(cancelOnExit);
            // The hub may start the run in the last moment. Its id must arrive before it can be cancelled.
            using var starting = new CancellationTokenSource();
            using var _ = cancellationToken.UnsafeRegister(
                _ => starting.CancelAfter(isCancelled ? RunFollowing.CancelTimeout : TimeSpan.Zero), null);
            var run = await room.StartRunAsync(task, starting.Token);
            if (arguments.GetValue(detach))
            {
                context.Out.WriteLine(run.Id);
                return 0;
            }

            var following = new RunFollowing(context, room, run.Id, isCancelled);
            return await following.RunAsync(RunSummary.State(run), cancellationToken);
        });
        return command;
    }
}
