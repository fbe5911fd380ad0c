using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>Saves what rooms have spent, and adds to what the hub has.</summary>
internal sealed class SpendingApplier : ChangeApplier<SpendingChange>
{
    protected override void Apply(AppliedCommit commit, SpendingChange change)
    {
        switch (change)
        {
            case SpendingChange.Save save:
                var sums = SpendingRow.Write(save.Spending);
                if (commit.Context.Spending.Find(commit.RoomKey) is { } row)
                    row.Sums = sums;
                else
                    commit.Context.Add(new SpendingRow { RoomKey = commit.RoomKey, Sums = sums });
                break;
            case SpendingChange.AddToHub add:
                Add(commit, add);
                break;
        }
    }

    /// <summary>Adds to what the hub has spent on a day.</summary>
    public static void Add(AppliedCommit commit, SpendingChange.AddToHub add)
    {
        var cost = Amounts.Write(add.Cost);
        if (commit.Context.HubSpending.Find(add.Day.DayNumber) is not { } row)
        {
            commit.Context.Add(new HubSpendingRow { Day = add.Day.DayNumber, Tokens = add.Tokens, Cost = cost });
            return;
        }

        row.Tokens = Amounts.Add(row.Tokens, add.Tokens);
        row.Cost = Amounts.Write(Amounts.Add(Amounts.Read(row.Cost) ?? 0, add.Cost));
    }
}
