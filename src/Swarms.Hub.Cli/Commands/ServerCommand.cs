using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ServerCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("server", "Print the hub's version, and what answers its runs.");
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var hub = options.CreateClient(arguments);
            var server = await hub.GetServerAsync(cancellationToken);
            context.Out.WriteLine($"version        {server.Version}");
            context.Out.WriteLine($"upstream       {server.Upstream.Kind}{(server.Upstream.Host is { } host ? $" ({host})" : "")}");
            context.Out.WriteLine($"room creation  {server.RoomCreation}");
            return 0;
        });
        return command;
    }
}
