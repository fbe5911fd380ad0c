using System.CommandLine;

namespace Swarms.Hub.Cli;

internal static class HandCommand
{
    private const string Up = "up";
    private const string Down = "down";

    public static Command Create(HubOptions options)
    {
        var direction = new Argument<string>("direction") { Description = "Raise it or lower it.", DefaultValueFactory = _ => Up };
        direction.AcceptOnlyFromAmong(Up, Down);
        var member = new Option<string?>("--member") { Description = "Lower this member's hand, by its id. Hosts.", HelpName = "ID" };
        var all = new Option<bool>("--all") { Description = "Lower all hands. Hosts." };
        var command = new Command("hand", "Raise your hand, or lower it.") { direction, member, all };
        command.Validators.Add(result =>
        {
            if (result.GetValue(direction) == Up && (result.GetValue(all) || result.GetValue(member) is not null))
                result.AddError("Only the caller's own hand can be raised: say 'hand down' with --member or --all.");
        });
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            if (arguments.GetRequiredValue(direction) == Up)
                await room.RaiseHandAsync(cancellationToken);
            else if (arguments.GetValue(all))
                await room.LowerAllHandsAsync(cancellationToken);
            else if (arguments.GetValue(member) is { } memberId)
                await room.LowerHandAsync(memberId, cancellationToken);
            else
                await room.LowerHandAsync(cancellationToken);

            return 0;
        });
        return command;
    }
}
