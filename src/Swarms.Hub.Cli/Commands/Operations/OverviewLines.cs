using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>A hub's overview as lines of text.</summary>
internal static class OverviewLines
{
    public static IEnumerable<string> Of(HubOverview hub)
    {
        yield return $"version   {hub.Version}";
        yield return $"started   {Time(hub.StartedAt)}";
        yield return $"serves    {(hub.Obstacles.Count == 0 ? "rooms" : PrintableText.OfLine(string.Join(" ", hub.Obstacles)))}";
        yield return $"rooms     {Number(hub.Rooms)}, {Number(hub.LoadedRooms)} in memory";
        yield return $"members   {Number(hub.Members)}";
        yield return $"viewers   {Number(hub.Viewers)}";
        yield return $"runs      {hub.Runs.Running} running, {hub.Runs.Queued} queued, {hub.Runs.Waiting} waiting for an upstream, "
            + $"{hub.Runs.Proposed} proposed";
        yield return $"store     {Store(hub.Store)}";
        foreach (var line in Table("spending", hub.Spending.Select(Spending)))
            yield return line;

        foreach (var line in Table("rooms in use", hub.BusyRooms.Select(Room)))
            yield return line;

        foreach (var line in Table("problems", hub.Problems.Select(Problem)))
            yield return line;
    }

    private static IEnumerable<string> Table(string title, IEnumerable<string> rows) =>
        rows.Select(row => $"  {row}").ToList() is { Count: > 0 } lines ? [title, .. lines] : [];

    private static string Spending(OverviewDay day) =>
        $"{day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}  {Number(day.Tokens)} tokens  "
        + day.Cost.ToString(CultureInfo.InvariantCulture);

    private static string Room(OverviewRoom room) =>
        $"{room.Id}  {PrintableText.OfLine(room.Name)}: {room.Watching} of {room.Members} watch, {room.OpenRuns} open runs, "
        + $"{Number(room.Tokens)} tokens";

    private static string Problem(OverviewProblem problem) =>
        $"{Time(problem.At)}  {problem.Level}  {PrintableText.OfLine(problem.Message)}";

    private static string Store(OverviewStore store)
    {
        var free = store.FreeBytes is { } bytes ? $", {Size(bytes)} of disk left" : "";
        var failing = store.FailingSince is { } since ? $", takes no writes since {Time(since)}" : "";
        return $"{Size(store.Bytes)}{free}{failing}";
    }

    private static string Size(long bytes) => bytes < 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
