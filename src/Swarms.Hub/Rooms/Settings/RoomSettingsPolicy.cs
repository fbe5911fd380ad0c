using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The settings of rooms as this hub's operator allows them: the hosts' choices within the ceilings, and the hub's defaults for the rest.
/// Safe from any thread.
/// </summary>
internal sealed class RoomSettingsPolicy(
    IOptions<RoomSettingOptions> options, IOptions<RetentionOptions> retention, RoomBudgetPolicy budgets)
{
    private const long MinRetentionSeconds = 3_600;

    // Invariant: a setting is named here, in the two switches below and in RoomSettings.
    private static readonly string[] Names =
        ["agentsOnly", "archived", "budget", "holdBack", "locked", "moderated", "retentionSeconds", "showMoney", "viewersMayTalk"];

    private readonly RoomSettingOptions _options = options.Value;
    private readonly long? _maxRetention = retention.Value.Retention is { } time ? (long)time.TotalSeconds : null;

    /// <summary>The settings of a new room.</summary>
    public RoomSettings Default => Settle(RoomSettings.Initial);

    /// <summary>Returns the settings that are in effect on this hub for a room that had others, perhaps by earlier defaults.</summary>
    public RoomSettings Settle(RoomSettings settings)
    {
        var kept = settings.FromRoom.Where(name => Names.Contains(name) && !_options.Fixed.Contains(name)).Order(StringComparer.Ordinal);
        var settled = new RoomSettings
        {
            Locked = _options.Locked,
            Moderated = _options.Moderated,
            ViewersMayTalk = _options.ViewersMayTalk,
            AgentsOnly = _options.AgentsOnly,
            RetentionSeconds = _maxRetention,
            ShowMoney = _options.ShowMoney,
            Budget = budgets.Settle(null),
            FromRoom = [.. kept],
        };
        foreach (var name in settled.FromRoom)
        {
            settled = name switch
            {
                "agentsOnly" => settled with { AgentsOnly = settings.AgentsOnly },
                "archived" => settled with { Archived = settings.Archived },
                "budget" => settled with { Budget = budgets.Settle(settings.Budget) },
                "holdBack" => settled with { HoldBack = settings.HoldBack },
                "locked" => settled with { Locked = settings.Locked },
                "moderated" => settled with { Moderated = settings.Moderated },
                "retentionSeconds" => settled with { RetentionSeconds = Least(settings.RetentionSeconds, _maxRetention) },
                "showMoney" => settled with { ShowMoney = settings.ShowMoney },
                _ => settled with { ViewersMayTalk = settings.ViewersMayTalk },
            };
        }

        return settled;
    }

    /// <summary>Returns the settings after a host's changes. Refuses names, values and choices that the hub does not take.</summary>
    public RoomSettings Change(RoomSettings settings, JsonElement changes)
    {
        if (changes.ValueKind != JsonValueKind.Object)
            throw Invalid("settings must be an object, such as {\"locked\": true}.");

        foreach (var change in changes.EnumerateObject())
        {
            if (!Names.Contains(change.Name))
                throw Invalid($"There is no such setting of a room. The settings are {string.Join(", ", Names)}.");

            if (_options.Fixed.Contains(change.Name))
                throw new HubErrorException(ErrorCodes.Forbidden, $"{change.Name} is fixed on this hub. Its operator can change it.");

            var others = settings.FromRoom.Where(name => name != change.Name);
            settings = change.Value.ValueKind == JsonValueKind.Null
                ? settings with { FromRoom = [.. others] }
                : Set(settings, change) with { FromRoom = [.. others.Append(change.Name).Order(StringComparer.Ordinal)] };
        }

        return Settle(settings);
    }

    private RoomSettings Set(RoomSettings settings, JsonProperty change) => change.Name switch
    {
        "agentsOnly" => settings with { AgentsOnly = Flag(change) },
        "archived" => settings with { Archived = Flag(change) },
        "budget" => settings with { Budget = budgets.Read(change.Value) },
        "holdBack" => settings with { HoldBack = HoldBack.Read(change.Value) },
        "locked" => settings with { Locked = Flag(change) },
        "moderated" => settings with { Moderated = Flag(change) },
        "retentionSeconds" => settings with { RetentionSeconds = Retention(change) },
        "showMoney" => settings with { ShowMoney = Audience(change) },
        _ => settings with { ViewersMayTalk = Flag(change) },
    };

    private static bool Flag(JsonProperty change) => change.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid($"{change.Name} must be true or false, or null for the hub's default."),
    };

    private long Retention(JsonProperty change)
    {
        var max = _maxRetention ?? (long)TimeSpan.FromDays(36_525).TotalSeconds;
        return change.Value.ValueKind == JsonValueKind.Number && change.Value.TryGetInt64(out var seconds)
            && seconds >= MinRetentionSeconds && seconds <= max
                ? seconds
                : throw Invalid(
                    $"{change.Name} must be a whole number of seconds from {MinRetentionSeconds} to {max}, or null for the hub's default.");
    }

    private static string Audience(JsonProperty change) =>
        change.Value.ValueKind == JsonValueKind.String
        && change.Value.GetString() is MoneyAudiences.All or MoneyAudiences.Participants or MoneyAudiences.Hosts
            ? change.Value.GetString()!
            : throw Invalid($"{change.Name} must be \"all\", \"participants\" or \"hosts\", or null for the hub's default.");

    private static long? Least(long? one, long? other) =>
        one is { } seconds && other is { } most ? Math.Min(seconds, most) : one ?? other;

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
