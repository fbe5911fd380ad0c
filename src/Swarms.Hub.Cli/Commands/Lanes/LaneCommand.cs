using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class LaneCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The id of a run whose text is held." };
        var command = new Command("lane", "Follow the text of a run that is held, before the others get it. Ctrl+C leaves. Hosts.") { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var held = await room.GetRunAsync(arguments.GetRequiredValue(run), cancellationToken);
            var lane = room.OpenLane(IdOf(held));
            var ended = await new RunFollower(context, lane, IdOf(held)).FollowAsync(cancellationToken);
            context.Note($"\n{RunSummary.Line([RunSummary.State(ended), .. Words(ended)])}");
            return 0;
        });
        return command;
    }

    /// <summary>The id of the lane; an error where the run has none.</summary>
    public static string IdOf(Run run) =>
        run.Hold?.Lane ?? throw new CommandException($"The text of run {run.Id} is not held, so it has no lane.");

    private static IEnumerable<string> Words(Run lane)
    {
        if (lane.Masked is { Count: > 0 } masked)
        {
            yield return "masked "
                + string.Join(", ", masked.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Start} to {range.End}")));
        }

        if (lane.ReleasedTo is { } place)
            yield return string.Create(CultureInfo.InvariantCulture, $"released by a host up to {place}");
    }
}
