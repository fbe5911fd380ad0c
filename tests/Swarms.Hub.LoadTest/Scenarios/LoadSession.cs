using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Servers;
using Swarms.Hub.LoadTest.Upstream;

namespace Swarms.Hub.LoadTest.Scenarios;

/// <summary>A started server with its upstream, rooms and viewers: what every scenario begins and ends with.</summary>
internal sealed class LoadSession : IAsyncDisposable
{
    // How many viewers connect at one time: enough to be quick, and no storm.
    private const int ConnectingAtOnce = 32;
    private const int SampledViewers = 4;

    private readonly LoadOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly List<string> _rooms = [];
    private CancellationTokenSource? _speaking;
    private Task _spoken = Task.CompletedTask;
    private Task _keptAlive = Task.CompletedTask;

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

    /// <summary>Starts the server, makes the rooms and seats the viewers; none of them is connected yet.</summary>
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
                i < _options.Viewers ? ReadingHabit.Healthy : i < _options.Viewers + stalled ? ReadingHabit.Stalled : ReadingHabit.Trickling,
                isSampled: Server.StatesDigests && i == 0 && room < SampledViewers)));
        }
    }

    private SeatedViewer Create(Seat seat, ReadingHabit habit, bool isSampled)
    {
        var name = $"Viewer {Viewers.Count + 1} of {seat.Room}";
        var texts = isSampled ? new TextChecker(name, Gauge) : null;
        var checker = new FeedChecker(name, Gauge, texts);
        return new SeatedViewer(seat, new ViewerConnection(Server.Dialect, checker, Gauge, habit), checker, texts, habit);
    }

    /// <summary>The same viewer on a new connection: its feed goes on where it was.</summary>
    public SeatedViewer Return(SeatedViewer viewer) =>
        viewer with { Connection = new ViewerConnection(Server.Dialect, viewer.Checker, Gauge, viewer.Habit) };

    /// <summary>A viewer of its own, not counted among <see cref="Viewers"/>.</summary>
    public ViewerConnection CreateViewer(Seat seat) => Create(seat, ReadingHabit.Healthy, isSampled: false).Connection;

    /// <summary>Gives a room one run of so many chunks, as fast as they are taken, and waits for its ending.</summary>
    public async Task PourRunAsync(string room, int chunks)
    {
        await Server.StartRunAsync(room);
        for (var waited = 0; Upstream.OpenRuns == 0 && waited < 1000; waited++)
            await Task.Delay(10);

        await Upstream.PourAsync(chunks);
        await ((HubServer)Server).WaitForEndingAsync(room);
    }

    public async Task ConnectAsync()
    {
        await Parallel.ForEachAsync(Viewers, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce }, async (viewer, cancellationToken) =>
            await viewer.Connection.OpenAsync(Server.Address, viewer.Seat, cursor: null, cancellationToken));
        _keptAlive = KeepAliveAsync();
    }

    /// <summary>Starts every room's runs and lets the upstream speak on all of them.</summary>
    public async Task SpeakAsync()
    {
        await OpenRunsAsync();
        _speaking = new CancellationTokenSource();
        _spoken = Upstream.SpeakAsync(_options.Rate / _options.Runs, _speaking.Token);
    }

    /// <summary>Ends the runs, and waits until every healthy viewer has all of its room's events.</summary>
    public async Task FallSilentAsync()
    {
        await _speaking!.CancelAsync();
        await _spoken;
        for (var waited = 0; waited < 300 && !HaveAllSettled(out var before); waited++)
        {
            await Task.Delay(200);
            if (HaveAllSettled(out var after) && after == before)
                return;
        }

        if (!HaveAllSettled(out _))
            Gauge.Fault("The viewers of a room did not all come to the same last event within a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_speaking is { IsCancellationRequested: false })
            await _speaking.CancelAsync();

        await _spoken;
        await _keptAlive;
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

    private bool HaveAllSettled(out long events)
    {
        events = Healthy.Sum(viewer => viewer.Checker.Events);
        return Healthy.GroupBy(viewer => viewer.Seat.Room).All(room => room.Select(viewer => viewer.Checker.Position).Distinct().Count() == 1);
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
