using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class EmbedCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The run's id, from 'runs' or 'run --detach'." };
        var expiresIn = new Option<long?>("--expires-in")
        {
            Description = "How long the token works, as 90s, 30m, 12h or 7d; an hour if left out, 30d at most.",
            HelpName = "TIME",
            CustomParser = ArgumentParsers.Seconds,
        };
        var hideTask = new Option<bool>("--hide-task") { Description = "Leave the run's task out of what the token shows." };
        var command = new Command("embed", "Print the lines that show one run in any other page, with a new token. Hosts.")
        {
            run, expiresIn, hideTask,
        };
        options.SetRoomAction(command, async (hub, room, arguments, cancellationToken) =>
        {
            var request = new CreateEmbedRequest
            {
                Run = arguments.GetRequiredValue(run),
                ExpiresInSeconds = arguments.GetValue(expiresIn),
                HideTask = arguments.GetValue(hideTask),
            };
            var created = await room.CreateEmbedAsync(request, cancellationToken);
            var embed = created.Embed;
            var until = embed.ExpiresAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            context.Note($"id      {embed.Id}");
            context.Note($"until   {until}");
            var script = new Uri(hub.Address, "embed/swarms-run.js");
            context.Out.WriteLine($"<script type=\"module\" src=\"{script}\"></script>");
            context.Out.WriteLine($"<swarms-run run=\"{embed.Run}\" token=\"{created.Token}\"></swarms-run>");
            return 0;
        });
        return command;
    }
}
