using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class SupportCommand
{
    public static Command Create(HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The proposal's id." };
        var takeBack = new Option<bool>("--take-back") { Description = "Take your support back." };
        var command = new Command("support", "Support a proposal, or take that back.") { run, takeBack };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(takeBack))
                await room.UnsupportRunAsync(arguments.GetRequiredValue(run), cancellationToken);
            else
                await room.SupportRunAsync(arguments.GetRequiredValue(run), cancellationToken);

            return 0;
        });
        return command;
    }
}
