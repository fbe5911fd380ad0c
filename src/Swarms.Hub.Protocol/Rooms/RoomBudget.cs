using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The limits of a room's spending; what is null has no limit. Amounts of money are decimals as text, in the currency in which the upstream
/// states costs.
/// </summary>
public sealed record RoomBudget
{
    /// <summary>The cost of all runs together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RoomCost { get; init; }

    /// <summary>The tokens of all runs together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RoomTokens { get; init; }

    /// <summary>The cost of each member's runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MemberCost { get; init; }

    /// <summary>The tokens of each member's runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MemberTokens { get; init; }

    /// <summary>The cost of the runs with each model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ModelCost { get; init; }

    /// <summary>The tokens of the runs with each model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ModelTokens { get; init; }

    /// <summary>The runs that each member may start within an hour.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MemberRunsPerHour { get; init; }

    /// <summary>The runs that may run at the same time; the others wait.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ParallelRuns { get; init; }

    /// <summary>The highest <c>max_tokens</c> of a request, which one without it gets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get; init; }

    /// <summary>The models that runs may name, in alphabetical order; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>True if running runs are cancelled when a limit of cost or tokens is reached.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HardStop { get; init; }

    /// <summary>The most models that can be named.</summary>
    public const int MaxModels = 100;

    /// <summary>True if both have the same limits.</summary>
    public bool Equals(RoomBudget? other) =>
        other is not null
        && (RoomCost, RoomTokens, MemberCost, MemberTokens, ModelCost, ModelTokens)
            == (other.RoomCost, other.RoomTokens, other.MemberCost, other.MemberTokens, other.ModelCost, other.ModelTokens)
        && (MemberRunsPerHour, ParallelRuns, MaxTokens, HardStop)
            == (other.MemberRunsPerHour, other.ParallelRuns, other.MaxTokens, other.HardStop)
        && (Models ?? []).SequenceEqual(other.Models ?? [])
        && Models is null == other.Models is null;

    /// <summary>Returns the same number for equal limits.</summary>
    public override int GetHashCode() =>
        HashCode.Combine(RoomCost, RoomTokens, MemberCost, MemberTokens, MemberRunsPerHour, MaxTokens, Models?.Count, HardStop);

    /// <summary>Reads the object of an event. A field that is missing or of another type is null.</summary>
    public static RoomBudget Read(JsonElement budget) => new()
    {
        RoomCost = budget.Text("roomCost"),
        RoomTokens = budget.Number("roomTokens"),
        MemberCost = budget.Text("memberCost"),
        MemberTokens = budget.Number("memberTokens"),
        ModelCost = budget.Text("modelCost"),
        ModelTokens = budget.Number("modelTokens"),
        MemberRunsPerHour = (int?)budget.Number("memberRunsPerHour"),
        ParallelRuns = (int?)budget.Number("parallelRuns"),
        MaxTokens = (int?)budget.Number("maxTokens"),
        Models = budget.OptionalTexts("models"),
        HardStop = budget.IsTrue("hardStop"),
    };
}
