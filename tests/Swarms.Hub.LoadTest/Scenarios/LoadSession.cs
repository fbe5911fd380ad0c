using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Servers;
using Swarms.Hub.LoadTest.Upstream;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>A started server with its upstream, rooms and viewers, for every scenario.</summary>
internal sealed class LoadSession : IAsyncDisposable
{
    // The viewers that connect at one time: enough to be quick, and no storm.
    private const int ConnectingAtOnce = 32;
    private const int SampledViewers = 4;

    private readonly LoadOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly List<string> _rooms = [];
    private CancellationTokenSource? _speaking;
    private Task _spoken = Task.CompletedTask;
    private Task? _keptAlive;
    private int _rounds;

    public LoadSession(string server, LoadOptions options)
    {
        _options = options;
        Upstream = new LoadUpstream(options.ChunkBytes, options.UpstreamPort);
        Server = ServerCatalog.Create(server, options);
    }

    public Gauge Gauge { get; } = new();

    public LoadUpstream Upstream { get; }

    public ServerUnderTest Server { get; }

    public List<SeatedViewer> Viewers { get; } = [];

    public IEnumerable<SeatedViewer> Healthy => Viewers.Where(viewer => viewer.Habit == ReadingHabit.Healthy);

    /// <summary>Starts the server and creates rooms and viewers. No viewer is connected yet.</summary>
    public async Task StartAsync()
    {
        await Server.StartAsync(Upstream);
        for (var room = 0; room < _options.Rooms; room++)
        {
            var (stalled, trickling) = room == 0 ? (_options.Stalled, _options.Trickling) : (0, 0);
            var seats = await Server.CreateRoomAsync(Math.Max(1, _options.Viewers + stalled + trickling));
            _rooms.Add(seats[0].Room);
            Viewers.AddRange(seats.Take(_options.Viewers + stalled + trickling).Select((seat, i) => Create(
                seat,
                HabitOf(i, stalled),
                isSampled: Server.StatesDigests && i == 0 && room < SampledViewers)));
        }
    }

    /// <summary>The number of runs whose text was compared with its digest.</summary>
    public int Digests => Viewers.Sum(viewer => viewer.Texts?.Checked ?? 0);

    private ReadingHabit HabitOf(int seat, int stalled)
    {
        if (seat < _options.Viewers)
            return ReadingHabit.Healthy;

        return seat < _options.Viewers + stalled ? ReadingHabit.Stalled : ReadingHabit.Trickling;
    }

    private SeatedViewer Create(Seat seat, ReadingHabit habit, bool isSampled)
    {
        var name = $"Viewer {Viewers.Count + 1} of {seat.Room}";
        var texts = isSampled ? new TextChecker(name, Gauge) : null;
        var checker = new FeedChecker(name, Gauge, texts);
        return new SeatedViewer(seat, new ViewerConnection(Server.Dialect, checker, Gauge, habit), checker, texts, habit);
    }

    /// <summary>Returns the same viewer on a new connection, whose feed goes on where it was.</summary>
    public SeatedViewer Return(SeatedViewer viewer) =>
        viewer with { Connection = new ViewerConnection(Server.Dialect, viewer.Checker, Gauge, viewer.Habit) };

    /// <summary>Creates a viewer that is not counted among <see cref="Viewers"/>.</summary>
    public ViewerConnection CreateViewer(Seat seat) => Create(seat, ReadingHabit.Healthy, isSampled: false).Connection;

    /// <summary>Gives a room one run with these chunks, as fast as they are taken, and waits for its ending.</summary>
    public async Task PourRunAsync(string room, int chunks)
    {
        await Server.StartRunAsync(room);
        for (var waited = 0; Upstream.OpenRuns == 0 && waited < 1000; waited++)
            await Task.Delay(10);

        await Upstream.PourAsync(chunks);
        await ((HubServer)Server).WaitForEndingAsync(room);
    }

    /// <summary>Connects every viewer, or only those of the given habits.</summary>
    public async Task ConnectAsync(Func<ReadingHabit, bool>? which = null)
    {
        var some = Viewers.Where(viewer => which?.Invoke(viewer.Habit) ?? true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce };
        await Parallel.ForEachAsync(some, parallel, async (viewer, cancellationToken) =>
            await viewer.Connection.OpenAsync(Server.Address, viewer.Seat, cursor: null, cancellationToken));
        _keptAlive ??= KeepAliveAsync();
    }

    /// <summary>Starts every room's runs and lets the upstream send chunks on all of them.</summary>
    public async Task SpeakAsync()
    {
        _rounds++;
        await OpenRunsAsync();
        _speaking?.Dispose();
        _speaking = new CancellationTokenSource();
        _spoken = Upstream.SpeakAsync(_options.Rate / _options.Runs, _speaking.Token);
    }

    /// <summary>
    /// Ends the runs and waits until every healthy viewer has every chunk, and sampled ones every ending. Returns false if half a minute
    /// was not enough. That is a fault of the hub only.
    /// </summary>
    public async Task<bool> FallSilentAsync()
    {
        await _speaking!.CancelAsync();
        await _spoken;
        for (var waited = 0; waited < 150; waited++)
        {
            if (FindMissing() is null)
                return true;

            await Task.Delay(200);
        }

        if (Server.StatesDigests && FindMissing() is { } missing)
            Gauge.Fault(missing);

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_speaking is { IsCancellationRequested: false })
            await _speaking.CancelAsync();

        await _spoken;
        await (_keptAlive ?? Task.CompletedTask);
        foreach (var viewer in Viewers)
            viewer.Connection.Dispose();

        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private async Task OpenRunsAsync()
    {
        var expected = _rooms.Count * _options.Runs;
        foreach (var room in _rooms)
        {
            for (var run = 0; run < _options.Runs; run++)
                await Server.StartRunAsync(room);
        }

        for (var waited = 0; Upstream.OpenRuns < expected; waited++)
        {
            if (waited == 1000)
                throw new TimeoutException($"Only {Upstream.OpenRuns} of {expected} runs reached the upstream.");

            await Task.Delay(20);
        }
    }

    private string? FindMissing()
    {
        // A viewer that got a snapshot in mid-run has those chunks as a text.
        var rooms = Healthy.GroupBy(viewer => viewer.Seat.Room).ToList();
        var chunks = rooms.ConvertAll(
            room => room.Where(viewer => viewer.Checker.Snapshots < 2).Select(viewer => viewer.Checker.Chunks).Distinct().ToList());
        if (rooms.Find(room => room.Select(viewer => viewer.Checker.Position).Distinct().Count() > 1) is { } room)
            return $"The viewers of {room.Key} did not all come to the same last event.";

        if (chunks.TrueForAll(counts => counts.Count == 1) && chunks.Sum(counts => counts[0]) != Upstream.SentChunks)
            return $"The viewers have {chunks.Sum(counts => counts[0])} chunks of {Upstream.SentChunks} that the upstream sent.";

        return Viewers.Find(viewer => viewer.Texts is { } texts && texts.Checked != _rounds * _options.Runs) is { } sampled
            ? $"A viewer of {sampled.Seat.Room} saw {sampled.Texts!.Checked} endings of {_rounds * _options.Runs} runs."
            : null;
    }

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(_disposed.Token))
            {
                foreach (var viewer in Viewers.ToList())
                    viewer.Connection.KeepAlive();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
