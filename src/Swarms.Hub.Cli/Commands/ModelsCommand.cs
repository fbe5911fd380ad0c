using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class ModelsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var command = new Command("models", "List the models that runs of the room may use.");
        options.SetRoomAction(command, async (room, _, cancellationToken) =>
        {
            var models = await room.GetModelsAsync(cancellationToken);
            foreach (var model in models.Models)
                context.Out.WriteLine(PrintableText.OfLine($"{model.Id}  {model.Upstream}"));

            if (models.IsOpen)
                context.Out.WriteLine("Any other model goes to the default upstream.");

            return 0;
        });
        return command;
    }
}
