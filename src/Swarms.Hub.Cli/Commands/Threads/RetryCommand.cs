using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class RetryCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The id of a run that has ended, from 'runs'." };
        var task = new Option<string?>("--task") { Description = "Another task; the run's own if left out.", HelpName = "TEXT" };
        var agent = new Option<string?>("--agent")
        {
            Description = "The id of an agent of the room; the run's own if left out.",
            HelpName = "ID",
        };
        var thread = new ThreadOptions();
        var running = new RunningOptions(context);
        var command = new Command("retry", "Start a run again; the new one stands in its place.") { run, task, agent };
        thread.AddTo(command, withContinues: false);
        running.AddTo(command);
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var given = arguments.GetValue(task);
            var start = new StartRunRequest
            {
                Supersedes = arguments.GetRequiredValue(run),
                Agent = arguments.GetValue(agent),
                Task = given == "-" ? await InputText.ReadAsync(context, given, cancellationToken) : given,
            };
            return await running.StartAsync(room, thread.Apply(start, arguments), arguments, cancellationToken);
        });
        return command;
    }
}
