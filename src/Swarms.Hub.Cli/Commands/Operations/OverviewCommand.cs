using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class OverviewCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var key = new Option<string?>("--operator-key")
        {
            Description = "The operator's key, where the hub asks for it. Also SWARMS_HUB_OPERATOR_KEY.",
            HelpName = "KEY",
        };
        var command = new Command("overview", "Print rooms, members, runs, spending, disk and problems of the whole hub, for its operator.")
        {
            key,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var hub = options.CreateClient(
                arguments, operatorKey: arguments.GetValue(key) ?? options.FromEnvironment("SWARMS_HUB_OPERATOR_KEY"));
            foreach (var line in OverviewLines.Of(await hub.GetOverviewAsync(cancellationToken)))
                context.Out.WriteLine(line);

            return 0;
        });
        return command;
    }
}
