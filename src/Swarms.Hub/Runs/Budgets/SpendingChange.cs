using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Runs;

/// <summary>The changes of what rooms and the hub have spent.</summary>
internal abstract record SpendingChange : RoomChange
{
    /// <summary>Saves the room's sums, as its last event has them.</summary>
    internal sealed record Save(RoomSpending Spending) : SpendingChange;

    /// <summary>Adds one run to what the hub spent on a day. Deleting the room takes nothing back.</summary>
    /// <param name="Day">The day, in UTC.</param>
    /// <param name="Tokens">The tokens, known or held.</param>
    /// <param name="Cost">The cost, known or held.</param>
    internal sealed record AddToHub(DateOnly Day, long Tokens, decimal Cost) : SpendingChange;
}
