using System.CommandLine;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class MembersCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var watching = new Option<bool>("--watching") { Description = "Say how each follows the room: live, behind or gone. Hosts." };
        var command = new Command("members", "List who is in the room.") { watching };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var state = await room.GetRoomAsync(cancellationToken);
            var hands = HandWords.Of(state.Members);
            var follows = arguments.GetValue(watching)
                ? (await room.GetWatchingAsync(cancellationToken)).Members.ToDictionary(member => member.Id, Describe)
                : [];
            foreach (var member in state.Members)
            {
                var how = follows.TryGetValue(member.Id, out var words) ? $"  {words}" : "";
                var line = Line(member, hands.GetValueOrDefault(member.Id), member.Id == state.Me.Id);
                context.Out.WriteLine(PrintableText.OfLine(line + how));
            }

            return 0;
        });
        return command;
    }

    private static string Describe(MemberWatching member) => member switch
    {
        { Behind: { } events } => $"behind by {events} events",
        { Since: { } since } => $"gone since {since.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}",
        _ => member.State,
    };

    private static string Line(Member member, string? hand, bool isMe) =>
        $"{member.Id}  {member.Role,-11}  {member.Name}{hand}{(isMe ? " (you)" : "")}";
}
