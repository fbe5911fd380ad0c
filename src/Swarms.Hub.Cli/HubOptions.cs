using System.CommandLine;
using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>The options for the hub, the room and the token. The environment and the saved sessions complete them.</summary>
internal sealed class HubOptions(CommandContext context)
{
    public const string DefaultHub = "http://localhost:5080";

    private readonly Option<string?> _hub = new("--hub")
    {
        Description = $"The hub's address. Also SWARMS_HUB_URL; else the hub of the saved room; else {DefaultHub}.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _room = new("--room")
    {
        Description = "The room's id. The room created or joined last, if left out.",
        HelpName = "ID",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "The member's token. Also SWARMS_HUB_TOKEN; else the saved one.",
        HelpName = "TOKEN",
    };

    private readonly Option<string?> _operatorKey = new("--operator-key")
    {
        Description = "The operator's key, where the hub asks for it. Also SWARMS_HUB_OPERATOR_KEY.",
        HelpName = "KEY",
    };

    public void AddTo(RootCommand command) => command.Options.Add(_hub);

    /// <summary>Adds the room's options to a command, and opens that room for its action.</summary>
    public void SetRoomAction(Command command, Func<RoomClient, ParseResult, CancellationToken, Task<int>> action) =>
        SetRoomAction(command, (_, room, arguments, cancellationToken) => action(room, arguments, cancellationToken));

    /// <summary>As the other one, for an action that needs the hub's address too.</summary>
    public void SetRoomAction(Command command, Func<HubClient, RoomClient, ParseResult, CancellationToken, Task<int>> action)
    {
        command.Options.Add(_room);
        command.Options.Add(_token);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var session = FindSession(arguments);
            using var hub = CreateClient(session.Hub, null);
            return await action(hub, hub.OpenRoom(session.Room, session.Token), arguments, cancellationToken);
        });
    }

    /// <summary>Adds the option of the operator's key to a command, whose action gets a client that has it.</summary>
    public void SetOperatorAction(Command command, Func<HubClient, ParseResult, CancellationToken, Task<int>> action)
    {
        command.Options.Add(_operatorKey);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var key = arguments.GetValue(_operatorKey) ?? FromEnvironment("SWARMS_HUB_OPERATOR_KEY");
            using var hub = CreateClient(arguments, operatorKey: key);
            return await action(hub, arguments, cancellationToken);
        });
    }

    public HubClient CreateClient(ParseResult arguments, string? otherwise = null, string? operatorKey = null) =>
        CreateClient(GivenHub(arguments) ?? otherwise ?? DefaultHub, operatorKey);

    /// <summary>The address in the form in which it is saved and compared.</summary>
    public static string Normalize(string address) => address.TrimEnd('/');

    public string? FromEnvironment(string name) => context.Environment(name) is { Length: > 0 } value ? value : null;

    private SavedSession FindSession(ParseResult arguments)
    {
        var (hub, roomId) = (GivenHub(arguments), arguments.GetValue(_room));
        if (roomId is not null && string.IsNullOrWhiteSpace(roomId))
            throw new CommandException("The room's id is blank: leave --room out for the room created or joined last.");

        var token = arguments.GetValue(_token) ?? FromEnvironment("SWARMS_HUB_TOKEN");
        // A token is for one room, so it must not be combined with the room that was saved last.
        if (token is not null)
        {
            return new SavedSession(
                hub ?? DefaultHub,
                roomId ?? throw new CommandException("A token is for one room: say which by --room."),
                RequireHeaderText(token, "The token"));
        }

        var saved = context.Sessions.Find(hub is null ? null : Normalize(hub), roomId) ?? throw new CommandException(roomId is null
            ? "No room is saved here: create or join one first, or give --room and --token."
            : $"No token for room {roomId} is saved here: join it first, or give --token.");
        RequireHeaderText(saved.Token, $"The token of room {saved.Room} in {context.Sessions.File}");
        return saved with { Hub = hub ?? saved.Hub };
    }

    private string? GivenHub(ParseResult arguments) => arguments.GetValue(_hub) ?? FromEnvironment("SWARMS_HUB_URL");

    private HubClient CreateClient(string address, string? operatorKey)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new CommandException($"A hub's address begins with http:// or https:// and a host, unlike '{address}'.");

        if (operatorKey is not null)
            RequireHeaderText(operatorKey, "The operator's key");

        return new HubClient(uri, new HubClientOptions { OperatorKey = operatorKey, TimeProvider = context.TimeProvider });
    }

    /// <summary>Refuses a secret that no HTTP header carries. The sentence leaves it out, because it may end up in a log.</summary>
    public static string RequireHeaderText(string secret, string what) =>
        secret.Length > 0 && secret.All(letter => letter is > ' ' and <= '~')
            ? secret
            : throw new CommandException($"{what} is empty or has spaces or letters beyond ASCII: copy it again.");
}
