using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>Tokens and cost that count against a limit: what is spent, and what runs hold.</summary>
internal readonly record struct Spent(long Tokens, decimal Cost)
{
    /// <summary>Returns what sums count: the known figures, and those that runs of unknown usage keep.</summary>
    public static Spent Of(SpendingFigures? sums) => sums is null
        ? default
        : new(
            Amounts.Add(sums.TotalTokens, sums.HeldTokens),
            Amounts.Add(Amounts.Read(sums.Cost) ?? 0, Amounts.Read(sums.HeldCost) ?? 0));

    public static Spent operator +(Spent one, Spent other) =>
        new(Amounts.Add(one.Tokens, other.Tokens), Amounts.Add(one.Cost, other.Cost));
}
