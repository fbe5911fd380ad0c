using System.CommandLine;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class EventsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var after = new Option<string?>("--after")
        {
            Description = "Only what came after this sequence, or after the cursor of the page before.",
            HelpName = "N",
        };
        var limit = new Option<int?>("--limit")
        {
            Description = "How many: 1 to 1000, 100 if left out.",
            HelpName = "N",
            CustomParser = ArgumentParsers.Count,
        };
        var command = new Command("events", "Print the room's log, page by page from its beginning: one event as JSON in a line.")
        {
            after, limit,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var page = await room.ListEventsAsync(arguments.GetValue(after), arguments.GetValue(limit), cancellationToken);
            foreach (var roomEvent in page.Events)
            {
                var line = JsonSerializer.Serialize(roomEvent, ProtocolJson.Options);
                context.Out.WriteLine(context.IsTerminal ? PrintableText.OfLine(line) : line);
            }

            // A page may be shorter than was asked for. Only the end of the log has none.
            if (page.Events.Count > 0)
                context.Note($"Go on with --after {page.Cursor}");

            return 0;
        });
        return command;
    }
}
