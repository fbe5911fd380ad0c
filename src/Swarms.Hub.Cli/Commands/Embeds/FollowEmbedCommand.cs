using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class FollowEmbedCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var run = new Argument<string>("run") { Description = "The run's id." };
        var token = new Argument<string>("token") { Description = "The token of an embed of that run, from 'embed'." };
        var command = new Command("follow-embed", "Print a run's text with the token of an embed, and what comes until it ends.")
        {
            run, token,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var hub = options.CreateClient(arguments);
            var secret = HubOptions.RequireHeaderText(arguments.GetRequiredValue(token), "The token");
            var id = arguments.GetRequiredValue(run);
            var ended = await new RunFollower(context, hub.OpenRun(id, secret), id, isEmbed: true).FollowAsync(cancellationToken);
            context.Note($"\n{RunSummary.Line([RunSummary.State(ended)])}");
            return 0;
        });
        return command;
    }
}
