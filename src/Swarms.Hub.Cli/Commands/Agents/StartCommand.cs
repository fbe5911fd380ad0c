using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class StartCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var agent = new Option<string>("--agent") { Description = "The id of an agent of the room, from 'agents'.", Required = true };
        var task = new Argument<string>("task") { Description = "The task; - reads it from standard input." };
        var running = new RunningOptions(context);
        var command = new Command("start", "Start a run of an agent of the room and print its text while it grows.") { agent, task };
        running.AddTo(command);
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var given = arguments.GetRequiredValue(task);
            var start = new StartRunRequest
            {
                Agent = arguments.GetRequiredValue(agent),
                Task = given == "-" ? await InputText.ReadAsync(context, given, cancellationToken) : given,
            };
            return await running.StartAsync(room, start, arguments, cancellationToken);
        });
        return command;
    }
}
