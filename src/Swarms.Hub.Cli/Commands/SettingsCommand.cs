using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SettingsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var changes = new Argument<string[]>("changes")
        {
            Description = "Changes as NAME=VALUE: locked=true, retentionSeconds=86400, showMoney=hosts, budget.roomCost=5, "
                + "budget.models=a,b, holdBack=10 (seconds), holdBack=manual or off, holdBack.keepLane=true; an empty value gives one back "
                + "to the hub, budget=none takes all limits away.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        changes.Validators.Add(result =>
        {
            foreach (var complaint in result.Tokens.Select(token => SettingChanges.Complaint(token.Value)).OfType<string>())
                result.AddError(complaint);
        });
        var command = new Command("settings", "Show the room's settings, or change some. Changing takes a host.") { changes };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var asked = arguments.GetValue(changes) ?? [];
            var settings = asked.Length == 0
                ? (await room.GetRoomAsync(cancellationToken)).Room.Settings
                : await ChangeAsync(new SettingChanges(asked));
            foreach (var line in Lines(settings ?? RoomSettings.Initial))
                context.Out.WriteLine(PrintableText.OfLine(line));

            return 0;

            async Task<RoomSettings?> ChangeAsync(SettingChanges wanted)
            {
                var current = wanted.NeedsCurrent ? (await room.GetRoomAsync(cancellationToken)).Room.Settings : null;
                return (await room.ChangeSettingsAsync(wanted.Apply(current), cancellationToken)).Settings;
            }
        });
        return command;
    }

    internal static IEnumerable<string> Lines(RoomSettings settings)
    {
        List<(string Name, string Value)> all =
        [
            ("locked", Word(settings.Locked)),
            ("moderated", Word(settings.Moderated)),
            ("viewersMayTalk", Word(settings.ViewersMayTalk)),
            ("agentsOnly", Word(settings.AgentsOnly)),
            ("archived", Word(settings.Archived)),
            ("retentionSeconds", settings.RetentionSeconds?.ToString(CultureInfo.InvariantCulture) ?? "none"),
            ("showMoney", settings.ShowMoney),
            .. Limits(settings.Budget),
            .. Hold(settings.HoldBack),
        ];
        var (names, values) = (all.Max(one => one.Name.Length), all.Max(one => CellText.WidthOf(one.Value)));
        return all.Select(one =>
            $"{one.Name.PadRight(names)} {one.Value}{new string(' ', values - CellText.WidthOf(one.Value))} {Source(settings, one.Name)}");
    }

    private static IEnumerable<(string Name, string Value)> Limits(RoomBudget? budget) => budget is null
        ? [("budget", "none")]
        : JsonSerializer.SerializeToElement(budget, ProtocolJson.Options).EnumerateObject()
            .Select(limit => ($"budget.{limit.Name}", PrintableText.OfLine(Value(limit.Value))));

    private static IEnumerable<(string Name, string Value)> Hold(HoldBack? hold) => hold is null
        ? [("holdBack", "off")]
        :
        [
            ("holdBack", hold.Seconds is { } seconds ? $"{seconds} s" : "manual"),
            ("holdBack.keepLane", Word(hold.KeepLane)),
            ("holdBack.withoutHost", hold.WithoutHost),
        ];

    private static string Value(JsonElement limit) => limit.ValueKind == JsonValueKind.Array
        ? limit.GetArrayLength() == 0 ? "no model at all" : string.Join(',', limit.EnumerateArray().Select(name => name.GetString()))
        : limit.ValueKind is JsonValueKind.True ? "true" : limit.ToString();

    private static string Source(RoomSettings settings, string name) =>
        settings.FromRoom.Contains(name.Split('.')[0]) ? "the room's" : "the hub's";

    private static string Word(bool value) => value ? "true" : "false";
}
