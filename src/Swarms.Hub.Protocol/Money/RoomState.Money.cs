namespace Swarms.Hub.Protocol;

/// <content>The spending.</content>
public sealed partial class RoomState
{
    /// <summary>The number of members, agents or models with sums of their own. All others share the row without a key.</summary>
    public const int MaxSpendingRows = 500;

    private readonly List<SpendingFigures> _memberSpending = [];
    private readonly List<SpendingFigures> _agentSpending = [];
    private readonly List<SpendingFigures> _modelSpending = [];
    private SpendingFigures? _spent;

    /// <summary>The spending; null before the first run that called the upstream has ended.</summary>
    public RoomSpending? Spending =>
        _spent is null ? null : new RoomSpending(_spent, [.. _memberSpending], [.. _agentSpending], [.. _modelSpending]);

    private bool TryApplyToMoney(RoomEvent roomEvent)
    {
        // A warning says nothing that the sums and the settings do not say.
        if (roomEvent.Type != EventTypes.Spending)
            return roomEvent.Type == EventTypes.BudgetWarned;

        var spending = SpendingPayload.Read(roomEvent.Data);
        _spent = spending.Total;
        Set(_memberSpending, spending.Member);
        Set(_agentSpending, spending.Agent);
        Set(_modelSpending, spending.Model);
        return true;
    }

    private static void Set(List<SpendingFigures> rows, SpendingFigures row)
    {
        var index = rows.FindIndex(other => other.Key == row.Key);
        if (index < 0)
            rows.Add(row);
        else
            rows[index] = row;
    }
}
