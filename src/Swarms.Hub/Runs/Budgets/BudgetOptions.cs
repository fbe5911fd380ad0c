using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Runs;

/// <summary>Section <c>Budget</c>: the limits of all rooms of the hub together, and the prices of models.</summary>
internal sealed class BudgetOptions
{
    /// <summary>The cost of all runs within <see cref="Days"/>. Default no limit.</summary>
    [Range(0, 1_000_000_000_000)]
    public decimal? Cost { get; set; }

    /// <summary>The tokens of all runs within <see cref="Days"/>. Default no limit.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? Tokens { get; set; }

    /// <summary>The days for which the two limits count, in UTC, with the present one. 1 to 366. Default 30.</summary>
    [Range(1, 366)]
    public int Days { get; set; } = 30;

    /// <summary>Running runs of all rooms are cancelled when one of the two limits is reached. Default false.</summary>
    public bool HardStop { get; set; }

    /// <summary>
    /// The prices: for each model its name, the price of a million tokens of the request, and that of a million tokens of the answer, with
    /// spaces between them. Default none.
    /// </summary>
    [RegularExpression(
        @"^\S+ +[0-9]{1,9}(\.[0-9]{1,10})? +[0-9]{1,9}(\.[0-9]{1,10})?$",
        ErrorMessage = "a model and two prices, such as 'gpt-4o 2.5 10'")]
    public IList<string> Prices { get; init; } = [];
}
