using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class StartCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var agent = new Option<string?>("--agent")
        {
            Description = "The id of an agent of the room, from 'agents'; of a run to continue its own if left out.",
            HelpName = "ID",
        };
        var task = new Argument<string>("task") { Description = "The task; - reads it from standard input." };
        var thread = new ThreadOptions();
        var running = new RunningOptions(context);
        var command = new Command("start", "Start a run of an agent of the room and print its text while it grows.") { agent, task };
        thread.AddTo(command, withContinues: true);
        running.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(agent) is null && !thread.Continues(result))
                result.AddError("Option '--agent' is required, unless --continues names a run.");
        });
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var given = arguments.GetRequiredValue(task);
            var start = new StartRunRequest
            {
                Agent = arguments.GetValue(agent),
                Task = given == "-" ? await InputText.ReadAsync(context, given, cancellationToken) : given,
            };
            return await running.StartAsync(room, thread.Apply(start, arguments), arguments, cancellationToken);
        });
        return command;
    }
}
