using System.CommandLine;
using System.Globalization;

namespace Swarms.Hub.Cli;

internal static class LookCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var invite = new Argument<string>("invite") { Description = "The invite's link, its secret or its code." };
        var command = new Command("look", "Show the room and the hosts that an invite leads to; nothing is used up.") { invite };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var text = arguments.GetRequiredValue(invite);
            using var hub = options.CreateClient(arguments, otherwise: JoinCommand.HubOf(text));
            var look = await hub.LookAtInviteAsync(text, cancellationToken);
            context.Out.WriteLine(PrintableText.OfLine($"room    {look.Room.Name}"));
            context.Out.WriteLine(PrintableText.OfLine($"hosts   {string.Join(", ", look.Hosts)}"));
            context.Out.WriteLine($"role    {look.Role}");
            context.Out.WriteLine($"until   {look.ExpiresAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}");
            return 0;
        });
        return command;
    }
}
