using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>budget.warned</c>: a limit is used up to that part. Figures of the hub's own budget are left out.</summary>
/// <param name="Scope">One of <see cref="BudgetScopes"/>.</param>
/// <param name="Key">The member's id or the model; null for the room and the hub.</param>
/// <param name="Percent">The part of the limit that is used up: 80.</param>
/// <param name="SpentTokens">The tokens that are used up, with what is held; null if the limit is one of cost.</param>
/// <param name="LimitTokens">The limit of tokens.</param>
/// <param name="SpentCost">The cost that is used up, with what is held, a decimal as text; null if the limit is one of tokens.</param>
/// <param name="LimitCost">The limit of cost, a decimal as text.</param>
public sealed record BudgetWarnedPayload(
    string Scope,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    int Percent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? SpentTokens = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LimitTokens = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SpentCost = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LimitCost = null)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty, 0 or null.</summary>
    public static BudgetWarnedPayload Read(JsonElement data) => new(
        data.Text("scope") ?? "",
        data.Text("key"),
        (int)(data.Number("percent") ?? 0),
        data.Number("spentTokens"),
        data.Number("limitTokens"),
        data.Text("spentCost"),
        data.Text("limitCost"));
}
