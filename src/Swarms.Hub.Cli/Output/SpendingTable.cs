using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>A room's spending as a table: the total, and a row for each member, agent and model.</summary>
internal static class SpendingTable
{
    private const string Others = "(no name, and others)";

    /// <param name="spending">The spending; null before the first run has ended.</param>
    /// <param name="nameOf">Names a member.</param>
    /// <param name="showsCosts">False for a reader who may not see costs: the table has no column of costs then.</param>
    public static IEnumerable<string> Lines(RoomSpending? spending, Func<string?, string?> nameOf, bool showsCosts)
    {
        spending ??= new RoomSpending(new SpendingFigures(), [], [], []);
        List<string[]> rows =
        [
            ["", "runs", "tokens", .. Cost("cost"), "held"],
            Row("total", spending.Total),
            .. Group("members", spending.Members, key => nameOf(key) ?? "somebody who left"),
            .. Group("agents", spending.Agents, key => key),
            .. Group("models", spending.Models, key => key),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Width(row, column))).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => Padded(cell, widths[column]))).TrimEnd());

        IEnumerable<string[]> Group(string title, IReadOnlyList<SpendingFigures> figures, Func<string, string> name) =>
            figures.Count == 0 ? [] : [[title], .. figures.Select(row => Row($"  {(row.Key is { } key ? name(key) : Others)}", row))];

        string[] Row(string name, SpendingFigures row) =>
        [
            PrintableText.OfLine(name),
            row.Runs.ToString(CultureInfo.InvariantCulture),
            MoneyWords.Tokens(row),
            .. Cost(MoneyWords.Cost(row)),
            MoneyWords.Held(row, showsCosts),
        ];

        IEnumerable<string> Cost(string cell) => showsCosts ? [cell] : [];
    }

    private static int Width(string[] row, int column) => column < row.Length ? CellText.WidthOf(row[column]) : 0;

    private static string Padded(string cell, int width) => cell + new string(' ', Math.Max(0, width - CellText.WidthOf(cell)));
}
