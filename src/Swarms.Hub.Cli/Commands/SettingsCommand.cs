using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class SettingsCommand
{
    public static Command Create(CommandContext context, HubOptions options)
    {
        var changes = new Argument<string[]>("changes")
        {
            Description = "Changes as NAME=VALUE: locked=true, retentionSeconds=86400; an empty value gives one back to the hub.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        changes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !token.Value.Contains('=', StringComparison.Ordinal)))
                result.AddError($"'{token.Value}' is no change; write NAME=VALUE, such as locked=true.");
        });
        var command = new Command("settings", "Show the room's settings, or change some. Changing takes a host.") { changes };
        options.SetRoomAction(command, async (room, arguments, cancellationToken) =>
        {
            var asked = arguments.GetValue(changes) ?? [];
            var settings = asked.Length == 0
                ? (await room.GetRoomAsync(cancellationToken)).Room.Settings
                : (await room.ChangeSettingsAsync(Read(asked), cancellationToken)).Settings;
            foreach (var line in Lines(settings ?? RoomSettings.Initial))
                context.Out.WriteLine(line);

            return 0;
        });
        return command;
    }

    internal static IEnumerable<string> Lines(RoomSettings settings)
    {
        (string Name, string Value)[] all =
        [
            ("locked", Word(settings.Locked)),
            ("moderated", Word(settings.Moderated)),
            ("viewersMayTalk", Word(settings.ViewersMayTalk)),
            ("agentsOnly", Word(settings.AgentsOnly)),
            ("archived", Word(settings.Archived)),
            ("retentionSeconds", settings.RetentionSeconds?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        ];
        return all.Select(one => $"{one.Name,-17} {one.Value,-8} {(settings.FromRoom.Contains(one.Name) ? "the room's" : "the hub's")}");
    }

    // The hub refuses names and values that it does not take, in its own words.
    private static JsonObject Read(IEnumerable<string> changes)
    {
        var settings = new JsonObject();
        foreach (var change in changes)
        {
            var (name, value) = change.Split('=', 2) is [var left, var right] ? (left, right) : (change, "");
            settings[name] = value switch
            {
                "" => null,
                "true" => true,
                "false" => false,
                _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
                _ => value,
            };
        }

        return settings;
    }

    private static string Word(bool value) => value ? "true" : "false";
}
