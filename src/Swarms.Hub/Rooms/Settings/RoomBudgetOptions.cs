using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Section <c>RoomBudget</c>: the budget of rooms whose hosts chose none, and the highest that they can choose. What is null has no limit.
/// </summary>
internal sealed class RoomBudgetOptions
{
    /// <summary>The cost of all runs of a room together. Default no limit.</summary>
    [Range(0, 1_000_000_000_000)]
    public decimal? RoomCost { get; set; }

    /// <summary>The tokens of all runs of a room together. Default no limit.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? RoomTokens { get; set; }

    /// <summary>The cost of each member's runs. Default no limit.</summary>
    [Range(0, 1_000_000_000_000)]
    public decimal? MemberCost { get; set; }

    /// <summary>The tokens of each member's runs. Default no limit.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? MemberTokens { get; set; }

    /// <summary>The cost of the runs with each model. Default no limit.</summary>
    [Range(0, 1_000_000_000_000)]
    public decimal? ModelCost { get; set; }

    /// <summary>The tokens of the runs with each model. Default no limit.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? ModelTokens { get; set; }

    /// <summary>The runs that each member may start within an hour. Default no limit.</summary>
    [Range(1, 1_000)]
    public int? MemberRunsPerHour { get; set; }

    /// <summary>The runs of a room that run at the same time, within <c>Runs:MaxParallelPerRoom</c>. Default no other limit.</summary>
    [Range(1, 1_000)]
    public int? ParallelRuns { get; set; }

    /// <summary>The highest <c>max_tokens</c> of a request, which one without it gets. Default no limit.</summary>
    [Range(1, 1_000_000_000)]
    public int? MaxTokens { get; set; }

    /// <summary>The models that runs may name. Default all.</summary>
    public IList<string> Models { get; init; } = [];

    /// <summary>Running runs are cancelled when a limit of cost or tokens is reached. Default false.</summary>
    public bool HardStop { get; set; }
}
