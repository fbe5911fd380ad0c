using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>
/// The path of an event from the doors to the wire, as the summaries of its types describe it. Each says which loop or thread calls the
/// type, and its <c>Next:</c> names the types that follow.
/// </summary>
public sealed partial class EventPathTests
{
    private const string Door = "RoomHub";

    // The types that write to a connection. No type of the hub follows them.
    private static readonly string[] Wires = ["SseResponse", "WebSocketOutput"];

    private static readonly Dictionary<string, string> Summaries = Repository.Files("*.cs")
        .Where(file => file.StartsWith("src/Swarms.Hub/", StringComparison.Ordinal))
        .SelectMany(file => TypeWithSummary().Matches(Repository.Read(file)))
        .GroupBy(match => match.Groups["type"].Value, match => Space().Replace(match.Groups["summary"].Value, " "))
        .ToDictionary(summaries => summaries.Key, string.Concat);

    private static readonly Dictionary<string, string[]> Next = Summaries.ToDictionary(entry => entry.Key, entry => NextOf(entry.Value));

    // All types with a Next, and the wires behind them.
    private static readonly IReadOnlyList<string> Path =
        [.. Next.Keys.Where(type => Next[type].Length > 0).SelectMany(Following).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Path_From_The_Hub_Leads_Over_Every_Stop_To_The_WebSocket() =>
        Assert.Superset(
            new HashSet<string> { "RunStarter", "RunPump", "IUpstream", "RoomLog", "GroupCommitWriter", "ViewerPump", "WebSocketOutput" },
            Following(Door));

    [Fact]
    public void No_Path_Turns_Back() => Assert.DoesNotContain(Path, type => Next[type].SelectMany(Following).Contains(type));

    [Fact]
    public void Every_Path_Ends_At_A_Wire() => Assert.Equal(Wires, Path.Where(type => Next[type].Length == 0));

    [Fact]
    public void Every_Type_On_A_Path_Says_Which_Loop_Or_Thread_Calls_It() =>
        Assert.DoesNotContain(Path, type => !Caller().IsMatch(Summaries[type]));

    private static HashSet<string> Following(string type)
    {
        var found = new HashSet<string> { type };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var reached))
        {
            foreach (var next in Next[reached].Where(found.Add))
                open.Enqueue(next);
        }

        return found;
    }

    // Remarks behind the summary name types that do not follow.
    private static string[] NextOf(string summary) => summary.Split("</summary>")[0].Split("Next:") is [_, var next]
        ? [.. Reference().Matches(next).Select(reference => reference.Groups["type"].Value)]
        : [];

    [GeneratedRegex(
        @"^/// <summary>(?<summary>(?:(?!</summary>)[\s\S])*)</summary>.*\n(?:[/\[#].*\n)*"
            + @"[a-z ]*\b(?:class|interface|struct|record) (?<type>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeWithSummary();

    [GeneratedRegex(@"\s*///\s*|\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"<see cref=""(?:\w+\.)*(?<type>\w+)""/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(?:loops?|threads?)\b")]
    private static partial Regex Caller();
}
