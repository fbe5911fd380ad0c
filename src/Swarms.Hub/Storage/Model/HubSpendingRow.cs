namespace Swarms.Hub.Storage.Model;

/// <summary>The sums of one day's runs in all rooms. They stay when rooms are deleted.</summary>
internal sealed class HubSpendingRow
{
    /// <summary>The day in UTC, as the number of days since the year 1.</summary>
    public int Day { get; set; }

    public long Tokens { get; set; }

    /// <summary>The cost, a decimal as text: SQLite's own numbers would round it.</summary>
    public required string Cost { get; set; }
}
