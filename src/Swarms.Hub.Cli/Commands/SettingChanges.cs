using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>
/// Changes of settings as people type them: NAME=VALUE, and budget.NAME=VALUE or holdBack.NAME=VALUE for one field of those. The hub
/// refuses names and values that it does not take, in its own words.
/// </summary>
internal sealed class SettingChanges(IReadOnlyList<string> changes)
{
    private const string Budget = "budget";
    private const string BudgetPrefix = "budget.";
    private const string HoldBack = "holdBack";
    private const string HoldBackPrefix = "holdBack.";
    private const string None = "none";
    private const string Off = "off";
    private const string Manual = "manual";

    /// <summary>True if a field of a setting changes, so that its others must be read first.</summary>
    public bool NeedsCurrent => Changes(BudgetPrefix) || Changes(HoldBackPrefix);

    /// <summary>Says why an argument is no change; null if it is one.</summary>
    public static string? Complaint(string change) =>
        change.Contains('=', StringComparison.Ordinal) ? null : $"'{change}' is no change; write NAME=VALUE, such as locked=true.";

    /// <summary>Returns the settings that change, with their new values. The hub takes a budget and a hold-back as a whole.</summary>
    /// <param name="current">The settings in effect.</param>
    public JsonObject Apply(RoomSettings? current)
    {
        var settings = new JsonObject();
        var limits = Fields(current?.Budget);
        var hold = Fields(current?.HoldBack);
        foreach (var (name, value) in changes.Select(Split))
        {
            if (name == Budget && value is "" or None)
                (settings[Budget], limits) = (null, []);
            else if (name.StartsWith(BudgetPrefix, StringComparison.Ordinal))
                Change(limits, name[BudgetPrefix.Length..], value);
            else if (name == HoldBack)
                (settings[HoldBack], hold) = (ReadHoldBack(value), ReadHoldBack(value) as JsonObject ?? []);
            else if (name.StartsWith(HoldBackPrefix, StringComparison.Ordinal))
                Change(hold, name[HoldBackPrefix.Length..], value);
            else
                settings[name] = Read(value);
        }

        // Without a limit left there is no budget.
        if (Changes(HoldBackPrefix))
            settings[HoldBack] = hold;

        if (Changes(BudgetPrefix))
            settings[Budget] = limits.Count == 0 ? null : limits;

        return settings;
    }

    private bool Changes(string prefix) => changes.Any(change => change.StartsWith(prefix, StringComparison.Ordinal));

    private static JsonNode? ReadHoldBack(string value) => value switch
    {
        Off or None => false,
        Manual => new JsonObject(),
        _ when Read(value) is JsonValue seconds && seconds.TryGetValue<long>(out var number) => new JsonObject { ["seconds"] = number },
        _ => Read(value),
    };

    private static void Change(JsonObject fields, string name, string value)
    {
        fields.Remove(name);
        if (value is not ("" or None))
            fields[name] = name == "models" ? Names(value) : Read(value);
    }

    private static JsonArray Names(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. names.Select(name => JsonValue.Create(name))];
    }

    private static JsonNode? Read(string value) => value switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => value,
    };

    private static JsonObject Fields<T>(T? setting) =>
        setting is null ? [] : JsonSerializer.SerializeToNode(setting, ProtocolJson.Options)!.AsObject();

    private static (string Name, string Value) Split(string change) =>
        change.Split('=', 2) is [var name, var value] ? (name, value) : (change, "");
}
