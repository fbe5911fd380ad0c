using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class HandOverCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var member = new Argument<string>("member") { Description = "The member's id, from 'members'." };
        var command = new Command("hand-over", "Make another member a host, and yourself a participant. Hosts.") { member };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var host = await room.HandOverAsync(arguments.GetRequiredValue(member), cancellationToken);
            context.Note(PrintableText.OfLine($"{host.Name}: {host.Role}. You are a participant now."));
            return 0;
        });
        return command;
    }
}
