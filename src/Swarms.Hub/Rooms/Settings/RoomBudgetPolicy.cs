using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The budgets of rooms as this hub's operator allows them: of two limits the lower one holds. Safe from any thread.</summary>
internal sealed class RoomBudgetPolicy(IOptions<RoomBudgetOptions> options)
{
    private const int MaxModelLength = 200;
    private const long MaxTokens = 1_000_000_000_000_000;

    private static readonly string[] Names =
    [
        "hardStop", "maxTokens", "memberCost", "memberRunsPerHour", "memberTokens", "modelCost", "models", "modelTokens", "parallelRuns",
        "roomCost", "roomTokens",
    ];

    private readonly RoomBudget _ceiling = Read(options.Value);

    /// <summary>Returns the budget in effect where a room's hosts chose this one, or none; null if nothing is limited.</summary>
    public RoomBudget? Settle(RoomBudget? chosen)
    {
        var budget = chosen ?? new RoomBudget();
        var settled = new RoomBudget
        {
            RoomCost = Least(budget.RoomCost, _ceiling.RoomCost),
            RoomTokens = Least(budget.RoomTokens, _ceiling.RoomTokens),
            MemberCost = Least(budget.MemberCost, _ceiling.MemberCost),
            MemberTokens = Least(budget.MemberTokens, _ceiling.MemberTokens),
            ModelCost = Least(budget.ModelCost, _ceiling.ModelCost),
            ModelTokens = Least(budget.ModelTokens, _ceiling.ModelTokens),
            MemberRunsPerHour = (int?)Least(budget.MemberRunsPerHour, _ceiling.MemberRunsPerHour),
            ParallelRuns = (int?)Least(budget.ParallelRuns, _ceiling.ParallelRuns),
            MaxTokens = (int?)Least(budget.MaxTokens, _ceiling.MaxTokens),
            Models = Common(budget.Models, _ceiling.Models),
            HardStop = budget.HardStop || _ceiling.HardStop,
        };
        return settled == new RoomBudget() ? null : settled;
    }

    /// <summary>Reads a host's budget. Refuses names, values and limits that the hub does not take.</summary>
    public RoomBudget Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Invalid("budget must be an object, such as {\"roomCost\": \"5\"}, or null for the hub's default.");

        var budget = new RoomBudget();
        foreach (var field in value.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            if (!Names.Contains(field.Name))
                throw Invalid($"There is no such field of a budget. The fields are {string.Join(", ", Names)}.");

            budget = field.Name switch
            {
                "hardStop" => budget with { HardStop = Flag(field) },
                "maxTokens" => budget with { MaxTokens = (int)Number(field, 1, _ceiling.MaxTokens ?? 1_000_000_000) },
                "memberCost" => budget with { MemberCost = Cost(field, _ceiling.MemberCost) },
                "memberRunsPerHour" => budget with { MemberRunsPerHour = (int)Number(field, 1, _ceiling.MemberRunsPerHour ?? 1_000) },
                "memberTokens" => budget with { MemberTokens = Number(field, 0, _ceiling.MemberTokens ?? MaxTokens) },
                "modelCost" => budget with { ModelCost = Cost(field, _ceiling.ModelCost) },
                "models" => budget with { Models = Models(field) },
                "modelTokens" => budget with { ModelTokens = Number(field, 0, _ceiling.ModelTokens ?? MaxTokens) },
                "parallelRuns" => budget with { ParallelRuns = (int)Number(field, 1, _ceiling.ParallelRuns ?? 1_000) },
                "roomCost" => budget with { RoomCost = Cost(field, _ceiling.RoomCost) },
                _ => budget with { RoomTokens = Number(field, 0, _ceiling.RoomTokens ?? MaxTokens) },
            };
        }

        return budget;
    }

    private static RoomBudget Read(RoomBudgetOptions options) => new()
    {
        RoomCost = Amounts.Write(options.RoomCost),
        RoomTokens = options.RoomTokens,
        MemberCost = Amounts.Write(options.MemberCost),
        MemberTokens = options.MemberTokens,
        ModelCost = Amounts.Write(options.ModelCost),
        ModelTokens = options.ModelTokens,
        MemberRunsPerHour = options.MemberRunsPerHour,
        ParallelRuns = options.ParallelRuns,
        MaxTokens = options.MaxTokens,
        Models = options.Models.Count == 0 ? null : [.. options.Models.Distinct().Order(StringComparer.Ordinal)],
        HardStop = options.HardStop,
    };

    private static bool Flag(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid($"{field.Name} must be true or false."),
    };

    private static long Number(JsonProperty field, long min, long max) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{field.Name} must be a whole number from {min} to {max}."));

    // A number of JSON is a decimal too, and what people type first.
    private static string Cost(JsonProperty field, string? ceiling)
    {
        var max = Amounts.Read(ceiling) ?? Amounts.Max;
        var cost = field.Value.ValueKind switch
        {
            JsonValueKind.String => Amounts.Read(field.Value.GetString()),
            JsonValueKind.Number when field.Value.TryGetDecimal(out var number) => number,
            _ => null,
        };
        return cost is { } amount && Amounts.IsLimit(amount) && amount <= max
            ? Amounts.Write(amount)
            : throw Invalid(
                $"{field.Name} must be an amount from 0 to {Amounts.Write(max)}, such as \"0.5\", "
                + $"with at most {Amounts.MaxDecimals} decimals.");
    }

    private List<string> Models(JsonProperty field)
    {
        if (field.Value.ValueKind != JsonValueKind.Array || field.Value.GetArrayLength() > RoomBudget.MaxModels
            || field.Value.EnumerateArray().Any(model => model.ValueKind != JsonValueKind.String))
        {
            throw Invalid($"models must be a list of at most {RoomBudget.MaxModels} names.");
        }

        var models = field.Value.EnumerateArray().Select(ReadModel).Distinct().Order(StringComparer.Ordinal).ToList();
        return _ceiling.Models is { } allowed && models.Find(model => !allowed.Contains(model)) is not null
            ? throw Invalid($"models can only name these on this hub: {string.Join(", ", allowed)}.")
            : models;
    }

    private static string ReadModel(JsonElement model)
    {
        try
        {
            var name = model.GetString()!;
            return name.Length is > 0 and <= MaxModelLength
                ? name
                : throw Invalid($"Each of models must have 1 to {MaxModelLength} characters.");
        }
        catch (InvalidOperationException)
        {
            // JSON's grammar allows half of a surrogate pair.
            throw Invalid("One of models holds half of a character.");
        }
    }

    private static string? Least(string? one, string? other) =>
        Amounts.Write(Amounts.Read(one) is { } cost && Amounts.Read(other) is { } most ? Math.Min(cost, most) : Amounts.Read(one ?? other));

    private static long? Least(long? one, long? other) =>
        one is { } number && other is { } most ? Math.Min(number, most) : one ?? other;

    private static IReadOnlyList<string>? Common(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is not null && other is not null ? [.. one.Where(other.Contains)] : one ?? other;

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
