using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>
/// Changes of settings as people type them: NAME=VALUE, and budget.NAME=VALUE for one limit of the budget. The hub refuses names and values
/// that it does not take, in its own words.
/// </summary>
internal sealed class SettingChanges(IReadOnlyList<string> changes)
{
    private const string Budget = "budget";
    private const string BudgetPrefix = "budget.";
    private const string None = "none";

    /// <summary>True if some limits of the budget change, so that the others must be read first.</summary>
    public bool NeedsBudget => changes.Any(change => change.StartsWith(BudgetPrefix, StringComparison.Ordinal));

    /// <summary>Says why an argument is no change; null if it is one.</summary>
    public static string? Complaint(string change) =>
        change.Contains('=', StringComparison.Ordinal) ? null : $"'{change}' is no change; write NAME=VALUE, such as locked=true.";

    /// <summary>Returns the settings that change, with their new values. The hub takes a budget as a whole.</summary>
    /// <param name="budget">The budget in effect; null without any.</param>
    public JsonObject Apply(RoomBudget? budget)
    {
        var settings = new JsonObject();
        var limits = Limits(budget);
        foreach (var (name, value) in changes.Select(Split))
        {
            if (name == Budget && value is "" or None)
                (settings[Budget], limits) = (null, []);
            else if (name.StartsWith(BudgetPrefix, StringComparison.Ordinal))
                Change(limits, name[BudgetPrefix.Length..], value);
            else
                settings[name] = Read(value);
        }

        // Without a limit left there is no budget.
        if (NeedsBudget)
            settings[Budget] = limits.Count == 0 ? null : limits;

        return settings;
    }

    private static void Change(JsonObject limits, string name, string value)
    {
        limits.Remove(name);
        if (value is not ("" or None))
            limits[name] = name == "models" ? Names(value) : Read(value);
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

    private static JsonObject Limits(RoomBudget? budget) =>
        budget is null ? [] : JsonSerializer.SerializeToNode(budget, ProtocolJson.Options)!.AsObject();

    private static (string Name, string Value) Split(string change) =>
        change.Split('=', 2) is [var name, var value] ? (name, value) : (change, "");
}
