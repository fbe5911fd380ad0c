using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class RunsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var search = new Option<string?>("--search") { Description = "Only runs that a search for these words finds.", HelpName = "TEXT" };
        var limit = new Option<int?>("--limit")
        {
            Description = "How many: 1 to 100, 20 if left out.",
            HelpName = "N",
            CustomParser = ArgumentParsers.Count,
        };
        var before = new Option<string?>("--before") { Description = "Only runs before this one.", HelpName = "RUN" };
        var command = new Command("runs", "List the room's runs, newest first.") { search, limit, before };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var page = await room.ListRunsAsync(
                arguments.GetValue(search), arguments.GetValue(before), arguments.GetValue(limit),
                cancellationToken: cancellationToken);
            foreach (var run in page.Runs)
            {
                var line = $"{run.Id}  {RunSummary.State(run)}  {RunSummary.Title(run)}: {RunSummary.Task(run)}";
                context.Out.WriteLine(PrintableText.OfLine(line));
            }

            if (page.Next is { } next)
                context.Note($"There are more: --before {next}");

            return 0;
        });
        return command;
    }
}
