using System.Globalization;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>A hub's <c>/metrics</c> at one moment: the values by their names, with labels.</summary>
internal sealed class HubMetricsPage
{
    private readonly Dictionary<string, double> _values = [];

    public static HubMetricsPage Parse(string text)
    {
        var page = new HubMetricsPage();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.LastIndexOf(' ');
            if (line[0] != '#' && double.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out var value))
                page._values[line[..space]] = value;
        }

        return page;
    }

    /// <summary>Returns the commits between an earlier moment and this one.</summary>
    public CommitFigures CommitsSince(HubMetricsPage before) => new(
        Difference(before, name => name.StartsWith("swarms_hub_events_committed_total", StringComparison.Ordinal)),
        Difference(before, name => name.StartsWith("db_client_operation_duration_seconds_count", StringComparison.Ordinal)),
        [.. _values.Keys.Where(name => name.StartsWith("db_client_operation_duration_seconds_bucket", StringComparison.Ordinal))
            .Select(name => (Bound(name), Difference(before, other => other == name))).OrderBy(bucket => bucket.Item1)]);

    private double Difference(HubMetricsPage before, Func<string, bool> which) =>
        _values.Where(value => which(value.Key)).Sum(value => value.Value - before._values.GetValueOrDefault(value.Key));

    private static double Bound(string name)
    {
        var bound = name[(name.IndexOf("le=\"", StringComparison.Ordinal) + 4)..].Split('"')[0];
        return bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
    }
}
