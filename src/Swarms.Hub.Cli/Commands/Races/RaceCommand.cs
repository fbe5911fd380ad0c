using System.CommandLine;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class RaceCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var task = new Argument<string>("task") { Description = "The task; - reads it from standard input." };
        var agents = new Option<string>("--agents")
        {
            Description = "Two to six agents of the room, by id, with commas between them.",
            HelpName = "A,B,C",
            Required = true,
        };
        var blind = new Option<bool>("--blind") { Description = "Hide who is who, and what it costs, until a host reveals it." };
        var command = new Command("race", "Start one task with several agents side by side, and wait for their ends.");
        command.Arguments.Add(task);
        command.Options.Add(agents);
        command.Options.Add(blind);
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var words = arguments.GetRequiredValue(task);
            var group = await room.StartGroupAsync(
                new StartGroupRequest
                {
                    Task = words == "-" ? await InputText.ReadAsync(context, "-", cancellationToken) : words,
                    Runs = [.. Split(arguments.GetRequiredValue(agents)).Select(id => new GroupEntry { Agent = id })],
                    IsBlind = arguments.GetValue(blind),
                },
                cancellationToken);
            context.Note($"race {group.Id}");
            return await FollowAsync(context, room, group, cancellationToken);
        });
        return command;
    }

    private static string[] Split(string agents) =>
        agents.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The texts come one after another: pieces of several would be no reading.
    private static async Task<int> FollowAsync(
        CommandContext context, RoomClient room, RunGroup group, CancellationToken cancellationToken)
    {
        var code = 0;
        foreach (var run in await RaceEnd.WaitAsync(room, group, cancellationToken))
        {
            context.Out.WriteLine(PrintableText.OfLine($"{run.Id}  {RunSummary.Title(run)}  {RunSummary.State(run)}"));
            context.Out.WriteLine(PrintableText.Indented(run.Text ?? ""));
            if (run.State != EventTypes.Done)
                code = ExitCodes.Failed;
        }

        context.Note($"Vote with 'swarms-hub vote RUN'. A host ends it with 'swarms-hub reveal {group.Id}'.");
        return code;
    }
}
