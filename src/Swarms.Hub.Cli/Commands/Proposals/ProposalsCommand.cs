using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class ProposalsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("proposals", "List the proposals that wait, in their order: id, supporters, who asks, task.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            foreach (var line in Lines(await room.GetRoomAsync(cancellationToken)))
                context.Out.WriteLine(PrintableText.OfLine(line));

            return 0;
        });
        return command;
    }

    internal static IEnumerable<string> Lines(RoomWithMe room) => room.Runs
        .Where(run => run.State == RunStates.Proposed)
        .OrderBy(run => run.Rank)
        .Select(run => Line(room, run, MemberNames.Find(room, run.By) ?? "somebody"));

    private static string Line(RoomWithMe room, Run run, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Id}  {run.Supporters?.Count ?? 0}  {name}  {RunSummary.Task(run, MessageOf(room, run))}");

    private static Message? MessageOf(RoomWithMe room, Run run) =>
        room.Messages.FirstOrDefault(message => message.Sequence == run.Message);
}
