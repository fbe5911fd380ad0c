using System.CommandLine;
using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>The three commands by which a host hides, shows and removes a run that has ended.</summary>
internal static class ModerateRunCommand
{
    public static Command CreateHide(HubOptions options) => Create(
        options, "hide-run", "Hide a run that has ended.", (room, run, cancellationToken) => room.HideRunAsync(run, cancellationToken));

    public static Command CreateShow(HubOptions options) => Create(
        options, "show-run", "Show a hidden run again.", (room, run, cancellationToken) => room.ShowRunAsync(run, cancellationToken));

    public static Command CreateRemove(HubOptions options) => Create(
        options,
        "remove-run",
        "Remove a run that has ended; its task and text are erased.",
        (room, run, cancellationToken) => room.RemoveRunAsync(run, cancellationToken));

    private static Command Create(
        HubOptions options, string name, string description, Func<RoomClient, string, CancellationToken, Task> moderate)
    {
        var run = new Argument<string>("run") { Description = "The run's id." };
        var command = new Command(name, description) { run };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            await moderate(room, arguments.GetRequiredValue(run), cancellationToken);
            return 0;
        });
        return command;
    }
}
