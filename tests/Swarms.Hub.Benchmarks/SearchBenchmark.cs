using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Search;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub;

/// <summary>
/// A search in a room of 100,000 runs: the scan of every text that the hub had before, and the index with its snippets. All cases share one
/// file, so they run in this process (<c>--inProcess</c>). <c>SWARMS_HUB_SEARCH_RUNS</c> sets another number of runs.
/// </summary>
[MedianColumn]
public class SearchBenchmark
{
    private const int PageSize = 20;
    private const int Vocabulary = 3_000;
    private const string Scanned =
        """
        SELECT View FROM runs WHERE RoomKey = $1 AND (Task LIKE $2 OR Text LIKE $2) ORDER BY FirstSequence DESC LIMIT 21
        """;

    private static readonly Lazy<(BenchmarkHub Hub, RoomLog Room)> Shared = new(Create);

    private string _pattern = "";
    private SearchRequest _request = null!;

    /// <summary>A word in one run of a hundred thousand, in most runs, in none, two letters in ten runs, and in none.</summary>
    [Params("needle", "word17", "nowhere", "qj", "zq")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _ = Shared.Value;
        _pattern = $"%{Query}%";
        _request = new SearchRequest(SearchTerms.Read(Query)) { Limit = PageSize };
    }

    [Benchmark(Baseline = true)]
    public int Scan()
    {
        var (hub, room) = Shared.Value;
        return hub.Database.Read(connection =>
            connection.Query(Scanned, row => Parse(row.GetString(0)), room.Key, _pattern)).Count;
    }

    [Benchmark]
    public int Index()
    {
        var (hub, room) = Shared.Value;
        return hub.Search.SearchAsync(room.Id, _request, CancellationToken.None).GetAwaiter().GetResult().Results.Count;
    }

    private static Run Parse(string view) => JsonSerializer.Deserialize<Run>(view, ProtocolJson.Options)!;

    private static (BenchmarkHub Hub, RoomLog Room) Create()
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable("SWARMS_HUB_SEARCH_RUNS") ?? "100000", CultureInfo.InvariantCulture);
        var hub = new BenchmarkHub();
        var room = hub.CreateRoom();
        using (var connection = hub.Database.CreateConnection())
        using (var transaction = connection.BeginTransaction())
        {
            var random = new Random(1);
            for (var i = 1; i <= runs; i++)
                Insert(connection, room.Key, i, random, runs);

            transaction.Commit();
        }

        var started = TimeProvider.System.GetTimestamp();
        var (slices, longest) = (0, TimeSpan.Zero);
        for (; hub.Writer.IsSearchBehind; slices++)
        {
            var before = TimeProvider.System.GetTimestamp();
            hub.Writer.FillSearchAsync().AsTask().GetAwaiter().GetResult();

            var slice = TimeProvider.System.GetElapsedTime(before);
            longest = slice > longest ? slice : longest;
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"// Indexed {runs} runs in {elapsed.TotalSeconds:f1} s: {slices} slices, "
            + $"{elapsed.TotalMilliseconds / slices:f2} ms each, the longest {longest.TotalMilliseconds:f1} ms"));
        return (hub, room);
    }

    private static void Insert(SqliteConnection connection, long roomKey, int number, Random random, int runs)
    {
        var run = new Run
        {
            Id = $"run{number:d8}",
            Kind = RunKinds.Agent,
            Agent = new RunAgent("Writer", "gpt-4.1"),
            Task = Words(random, 10),
            State = EventTypes.Done,
            QueuedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        };
        var text = Words(random, 60) + (number == runs / 2 ? " the Needle" : "") + (number % (runs / 10) == 0 ? " qj" : "");
        connection.Execute(
            "INSERT INTO runs (Id, RoomKey, HasEnded, FirstSequence, Task, Text, View) VALUES ($1, $2, 1, $3, $4, $5, $6)",
            run.Id, roomKey, number, run.Task, text, JsonSerializer.Serialize(run, ProtocolJson.Options));
        connection.Execute(
            "INSERT INTO events (RoomKey, Sequence, At, Type, Run, Data) VALUES ($1, $2, 0, 'done', $3, '{}')", roomKey, number, run.Id);
    }

    private static string Words(Random random, int count) => string.Join(
        ' ', Enumerable.Range(0, count).Select(_ => $"word{random.Next(Vocabulary).ToString(CultureInfo.InvariantCulture)}"));
}
