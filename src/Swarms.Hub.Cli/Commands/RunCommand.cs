using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RunCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var request = new RunRequestOptions(context);
        var thread = new ThreadOptions();
        var running = new RunningOptions(context);
        var command = new Command("run", "Start a run and print its text while it grows.");
        request.AddTo(command);
        thread.AddTo(command, withContinues: true);
        running.AddTo(command);
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var task = await request.ReadAsync(arguments, cancellationToken);
            return await running.StartAsync(room, thread.Apply(task, arguments), arguments, cancellationToken);
        });
        return command;
    }
}
