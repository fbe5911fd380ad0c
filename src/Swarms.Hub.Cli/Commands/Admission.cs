using System.CommandLine;
using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>
/// The common part of creating and joining. The hub shows the token once, so it must not be lost: the session file is tried before the
/// call, the room is saved right after it, and the token is printed where saving fails. Otherwise it stays out of terminals and their
/// logs, unless it is asked for.
/// </summary>
internal sealed class Admission(CommandContext context)
{
    private readonly Option<bool> _noSave = new("--no-save") { Description = "Do not remember the room; its token is printed." };

    private readonly Option<bool> _showToken = new("--show-token") { Description = "Print the token too. It is a secret." };

    public void AddTo(Command command)
    {
        command.Options.Add(_noSave);
        command.Options.Add(_showToken);
    }

    public async Task<RoomClient> AdmitAsync(ParseResult arguments, HubClient hub, Func<Task<RoomClient>> admit)
    {
        if (arguments.GetValue(_noSave))
            return Print(await admit(), withToken: true);

        try
        {
            await context.Sessions.EnsureCanSaveAsync();
        }
        catch (CommandException e)
        {
            throw new CommandException($"{e.Message} Mend that, or give --no-save.");
        }

        var room = await admit();
        try
        {
            await context.Sessions.SaveAsync(new SavedSession(HubOptions.Normalize(hub.Address.ToString()), room.Id, room.Token));
        }
        catch (CommandException e)
        {
            Print(room, withToken: true);
            throw new CommandException($"{e.Message} Keep the token: it is shown this once.");
        }

        return Print(room, arguments.GetValue(_showToken));
    }

    private RoomClient Print(RoomClient room, bool withToken)
    {
        context.Out.WriteLine($"room    {room.Id}");
        if (withToken)
            context.Out.WriteLine($"token   {room.Token}");

        return room;
    }
}
