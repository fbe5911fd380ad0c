using System.Globalization;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Runs;

/// <summary>The prices that the operator stated. They are used for reservations only; what was spent is what the upstream states.</summary>
internal sealed class ModelPrices(IOptions<BudgetOptions> options)
{
    private const decimal Million = 1_000_000;

    // A token of usual text has about four bytes.
    private const int BytesPerToken = 4;

    private readonly Dictionary<string, (decimal Input, decimal Output)> _prices = options.Value.Prices
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(parts => parts[0])
        .ToDictionary(model => model.Key, model => (Parse(model.Last()[1]), Parse(model.Last()[2])));

    /// <summary>Returns the estimated cost of a request; null if it has no bound, or a model has no price.</summary>
    public decimal? Estimate(RequestDemand demand)
    {
        var input = (demand.Bytes + BytesPerToken - 1) / BytesPerToken;
        var sum = 0m;
        foreach (var agent in demand.Agents)
        {
            if (agent.Calls is not { } calls || agent.MaxTokens is not { } tokens || agent.Model is not { } model
                || !_prices.TryGetValue(model, out var price))
            {
                return null;
            }

            sum += calls * ((input * price.Input) + (tokens * price.Output)) / Million;
        }

        return demand.Agents.Count == 0 ? null : decimal.Round(sum, 10, MidpointRounding.ToPositiveInfinity);
    }

    private static decimal Parse(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
