using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class JoinCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var invite = new Argument<string>("invite") { Description = "The invite's link, its secret or its code." };
        var name = new Option<string>("--name") { Description = "Your name in the room.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("join", "Join a room by an invite and remember it.") { invite, name };
        var admission = new Admission(context);
        admission.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (text, memberName) = (arguments.GetRequiredValue(invite), arguments.GetRequiredValue(name));
            using var hub = options.CreateClient(arguments, otherwise: HubOf(text));
            var room = await admission.AdmitAsync(arguments, hub, () => hub.JoinAsync(text, memberName, cancellationToken));
            context.Out.WriteLine($"role    {room.Member?.Role}");
            return 0;
        });
        return command;
    }

    /// <summary>A link says which hub it leads to: it is the hub's address, then <c>/join#SECRET</c>.</summary>
    internal static string? HubOf(string invite)
    {
        if (!Uri.TryCreate(invite, UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https"))
            return null;

        var path = link.AbsolutePath.TrimEnd('/');
        return link.GetLeftPart(UriPartial.Authority) + path[..Math.Max(0, path.LastIndexOf('/'))];
    }
}
