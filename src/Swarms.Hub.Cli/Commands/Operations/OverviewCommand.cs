using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class OverviewCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command(
            "overview", "Print rooms, members, runs, spending, disk and problems of the whole hub, for its operator.");
        options.SetOperatorAction(command, async (hub, _, cancellationToken) =>
        {
            foreach (var line in OverviewLines.Of(await hub.GetOverviewAsync(cancellationToken)))
                context.Out.WriteLine(line);

            return 0;
        });
        return command;
    }
}
