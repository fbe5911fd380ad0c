using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SearchCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var words = new Argument<string>("words") { Description = "The words, which must all occur: 1 to 200 characters." };
        var kind = new Option<string?>("--kind") { Description = "Only one kind: run, message, agent or member.", HelpName = "KIND" };
        var agent = new Option<string?>("--agent") { Description = "Only runs of this agent, by its id or its name.", HelpName = "AGENT" };
        var state = new Option<string?>("--state") { Description = "Only runs in this state, such as done or error.", HelpName = "STATE" };
        var limit = new Option<int?>("--limit")
        {
            Description = "How many: 1 to 100, 20 if left out.",
            HelpName = "N",
            CustomParser = ArgumentParsers.Count,
        };
        var before = new Option<long?>("--before") { Description = "Only what is older than this number.", HelpName = "N" };
        var command = new Command("search", "Find runs, messages, agents and members, page by page from the newest.")
        {
            words, kind, agent, state, limit, before,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var search = new RoomSearch
            {
                Kind = arguments.GetValue(kind),
                Agent = arguments.GetValue(agent),
                State = arguments.GetValue(state),
                Limit = arguments.GetValue(limit),
                Before = arguments.GetValue(before),
            };
            var page = await room.SearchAsync(arguments.GetValue(words)!, search, cancellationToken);
            foreach (var result in page.Results)
                context.Out.WriteLine(PrintableText.OfLine(Line(result)));

            if (!page.IsComplete)
                context.Note("The hub is still reading the room, so something may be missing. Try again in a moment.");

            if (page.Next is { } next)
                context.Note(string.Create(CultureInfo.InvariantCulture, $"There are more: --before {next}"));

            return 0;
        });
        return command;
    }

    // Brackets mark the matches, also in a file and without colours.
    private static string Line(SearchResult result)
    {
        var snippet = string.Concat(result.Snippet.Select(piece => piece.IsMatch ? $"[{piece.Text}]" : piece.Text));
        var name = result.Kind == SearchKinds.Message ? $"#{result.Id}" : result.Id;
        return $"{result.Kind} {name}  {result.Field}: {snippet}";
    }
}
