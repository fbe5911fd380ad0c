namespace Swarms.Hub.Protocol;

/// <summary>A room's spending, totalled by the hub. The rows are in order of each one's first run.</summary>
/// <param name="Total">The sums of the room.</param>
/// <param name="Members">Those of each member, also of former ones.</param>
/// <param name="Agents">Those of each agent, by its name.</param>
/// <param name="Models">Those of each model.</param>
public sealed record RoomSpending(
    SpendingFigures Total,
    IReadOnlyList<SpendingFigures> Members,
    IReadOnlyList<SpendingFigures> Agents,
    IReadOnlyList<SpendingFigures> Models);
