using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RevealCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var group = new Argument<string>("group") { Description = "The race's id." };
        var command = new Command("reveal", "End the voting of a race, and show what a blind one hid. Hosts.") { group };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var revealed = await room.RevealGroupAsync(arguments.GetRequiredValue(group), cancellationToken);
            foreach (var (id, votes) in revealed.Results ?? [])
            {
                var run = await room.GetRunAsync(id, cancellationToken);
                var line = RunSummary.Line($"{id}  {RaceWords.Votes(votes)}  {RunSummary.Title(run)}", RunSummary.Usage(run));
                context.Out.WriteLine(PrintableText.OfLine(line));
            }

            return 0;
        });
        return command;
    }
}
