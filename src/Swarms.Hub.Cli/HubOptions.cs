using System.CommandLine;
using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>The options that say which hub, which room and who; what they leave open comes from the environment and the saved sessions.</summary>
internal sealed class HubOptions(CommandContext context)
{
    public const string DefaultHub = "http://localhost:5080";

    private readonly Option<string?> _hub = new("--hub")
    {
        Description = $"The hub's address. Also SWARMS_HUB_URL; else the hub of the saved room; else {DefaultHub}.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _room = new("--room") { Description = "The room's id. The room created or joined last, if left out.", HelpName = "ID" };
    private readonly Option<string?> _token = new("--token") { Description = "The member's token. Also SWARMS_HUB_TOKEN; else the saved one.", HelpName = "TOKEN" };

    public void AddTo(RootCommand command) => command.Options.Add(_hub);

    public void AddRoomTo(Command command)
    {
        command.Options.Add(_room);
        command.Options.Add(_token);
    }

    public HubClient CreateClient(ParseResult arguments, string? otherwise = null, string? operatorKey = null) =>
        CreateClient(GivenHub(arguments) ?? otherwise ?? DefaultHub, operatorKey);

    public (HubClient Hub, RoomClient Room) OpenRoom(ParseResult arguments)
    {
        var (hub, roomId) = (GivenHub(arguments), arguments.GetValue(_room));
        var token = arguments.GetValue(_token) ?? FromEnvironment("SWARMS_HUB_TOKEN");
        // A token is for one room, so it must not be combined with whatever room was saved last.
        var saved = token is null || roomId is null ? context.Sessions.Find(hub, roomId) : null;
        if (token is not null && roomId is null)
            throw new CommandException("A token is for one room: say which by --room.");

        if (token is null && saved is null)
        {
            throw new CommandException(roomId is null
                ? "No room is saved here: create or join one first, or give --room and --token."
                : $"No token for room {roomId} is saved here: join it first, or give --token.");
        }

        var client = CreateClient(hub ?? saved?.Hub ?? DefaultHub, null);
        return (client, client.OpenRoom(roomId ?? saved!.Room, token ?? saved!.Token));
    }

    /// <summary>The address in the form in which it is saved and compared.</summary>
    public static string Normalize(string address) => address.TrimEnd('/');

    public string? FromEnvironment(string name) => context.Environment(name) is { Length: > 0 } value ? value : null;

    private string? GivenHub(ParseResult arguments) =>
        (arguments.GetValue(_hub) ?? FromEnvironment("SWARMS_HUB_URL")) is { } address ? Normalize(address) : null;

    private HubClient CreateClient(string address, string? operatorKey)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new CommandException($"A hub's address begins with http:// or https://, unlike '{address}'.");

        return new HubClient(uri, new HubClientOptions { OperatorKey = operatorKey, TimeProvider = context.TimeProvider });
    }
}
