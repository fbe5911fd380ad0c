using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class MaskCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The id of a run whose text is held." };
        var text = new Argument<string?>("text")
        {
            Description = "The words to mask, wherever they are in what is held.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var from = new Option<int?>("--from") { Description = "The first UTF-16 unit in the lane's text.", HelpName = "PLACE" };
        var to = new Option<int?>("--to") { Description = "The unit behind the last one.", HelpName = "PLACE" };
        var command = new Command("mask", "Mask a passage of a run's held text, so that the room never gets it. Hosts.")
        {
            run, text, from, to,
        };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var id = arguments.GetRequiredValue(run);
            var passages = (arguments.GetValue(text), arguments.GetValue(from), arguments.GetValue(to)) switch
            {
                ({ Length: > 0 } words, null, null) => await FindAsync(room, id, words, cancellationToken),
                (null, { } start, { } end) => [new TextRange(start, end)],
                _ => throw new CommandException("Give the words to mask, or both --from and --to."),
            };
            foreach (var (start, end) in passages)
            {
                await room.MaskRunAsync(id, start, end, cancellationToken);
                context.Note(string.Create(CultureInfo.InvariantCulture, $"masked {start} to {end}"));
            }

            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TextRange>> FindAsync(
        RoomClient room, string runId, string words, CancellationToken cancellationToken)
    {
        var run = await room.GetRunAsync(runId, cancellationToken);
        var lane = LaneCommand.IdOf(run);
        var held = await room.OpenLane(lane).GetRunAsync(lane, cancellationToken);
        var text = held.Text ?? "";
        var found = new List<TextRange>();
        for (var at = Next(PlaceOf(run)); at >= 0; at = Next(at + words.Length))
            found.Add(new TextRange(at, at + words.Length));

        return found.Count > 0 ? found : throw new CommandException("What is held does not have these words.");

        int Next(int start) => start > text.Length ? -1 : text.IndexOf(words, start, StringComparison.Ordinal);
    }

    /// <summary>The place in the lane's text up to which the room has it.</summary>
    private static int PlaceOf(Run run) => (run.Text?.Length ?? 0) + (run.Masks ?? []).Sum(mask => mask.Length);
}
