using System.CommandLine;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class TranscriptCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var format = new Option<string>("--format")
        {
            Description = "Markdown, plain text, JSON, HTML, a CSV of usage, or a page that replays the room.",
            DefaultValueFactory = _ => TranscriptFormats.Markdown,
        };
        format.AcceptOnlyFromAmong(
            TranscriptFormats.Markdown, TranscriptFormats.Text, TranscriptFormats.Json, TranscriptFormats.Html, TranscriptFormats.Usage,
            TranscriptFormats.Replay);
        var run = new Option<string?>("--run") { Description = "One run's; the whole room's, if left out.", HelpName = "RUN" };
        var zone = new Option<string?>("--zone") { Description = "The zone of the times, such as Europe/Berlin.", HelpName = "ZONE" };
        var command = new Command("transcript", "Print the room's transcript.") { format, run, zone };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var transcript = await room.GetTranscriptAsync(
                arguments.GetRequiredValue(format), arguments.GetValue(run), arguments.GetValue(zone), cancellationToken);
            context.Out.Write(context.IsTerminal ? PrintableText.Of(transcript) : transcript);
            return 0;
        });
        return command;
    }
}
