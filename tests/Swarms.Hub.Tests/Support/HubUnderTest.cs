using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// The whole hub behind a real web server on a free loopback port, with its own database. Only parts that a test asks for are replaced.
/// Disposing it fails the test if the hub logged a warning or an error that the test did not expect.
/// </summary>
internal sealed class HubUnderTest : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-test-");
    private readonly Dictionary<string, string?> _settings = [];
    private readonly LogRecorder _logs = new();
    private readonly TimeProvider? _time;
    private bool _isStopped;

    public HubUnderTest(TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        _time = time;
        _settings["Storage:Path"] = OwnDatabasePath;
        // All tests call from one address, so the wrong codes of one must not block another.
        _settings["Access:MaxFailedJoinsPerMinute"] = "10000";
        // And tests append more than people would.
        foreach (var rate in (string[])["Actions", "Connections", "Joins", "Rooms", "NewTokens"])
            _settings[$"Access:Max{rate}PerMinute"] = "100000000";

        _settings["Access:MaxTextBytesPerMinute"] = "2000000000";
        // A machine that runs tests may have little disk left.
        _settings["Storage:MinFreeBytes"] = "0";
        // A developer's own key must not turn a test into a bill.
        if (!settings.Any(setting => setting.Name is "Upstream:ApiKey" or "Upstream:Kind"))
            _settings["Upstream:Kind"] = "simulator";

        // With a clock that stands still, the second commit would never come.
        if (time is not null)
            _settings["Rooms:Tick"] = "00:00:00";

        foreach (var (name, value) in settings)
            _settings[name] = value;
    }

    /// <summary>The hub's address, by the name that people use.</summary>
    public Uri Address { get; private set; } = null!;

    public string DatabasePath => _settings["Storage:Path"]!;

    private string OwnDatabasePath => Path.Combine(_folder.FullName, "hub.db");

    public static HubUnderTest Start(params (string Name, string Value)[] settings) => Start(null, settings);

    public static HubUnderTest Start(TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var hub = new HubUnderTest(time, settings);
        hub.Begin();
        return hub;
    }

    /// <summary>Starts another hub on the same database, after this one has stopped.</summary>
    public HubUnderTest Restart(params (string Name, string Value)[] settings) => Restart(null, settings);

    /// <inheritdoc cref="Restart(ValueTuple{string, string}[])"/>
    public HubUnderTest Restart(TimeProvider? time, params (string Name, string Value)[] settings) =>
        Start(time, [.. settings, ("Storage:Path", DatabasePath)]);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Allows log lines of this level.</summary>
    public void Expect(LogLevel level) => _logs.Expect(level);

    /// <summary>Returns a caller without a token.</summary>
    public Caller Anybody() => new(Address);

    /// <summary>Creates a room and returns its host.</summary>
    public async Task<MemberCaller> CreateRoomAsync(string name = "Physics")
    {
        var answer = await Anybody().PostAsync("/api/rooms", new { name, memberName = "Ann" });
        Assert.Equal(201, answer.Status);
        return new MemberCaller(Address, answer.Json);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);

        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_logs));
        if (_time is not null)
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(_time)));
    }

    private void Begin()
    {
        if (DatabasePath == OwnDatabasePath && !File.Exists(OwnDatabasePath))
            EmptyDatabase.CreateAt(OwnDatabasePath);

        // The factory would set a port of its own while the program starts already, and be too late.
        _settings.TryAdd("urls", "http://127.0.0.1:0");
        UseKestrel();
        StartServer();
        var address = Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri($"http://localhost:{new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal)).Port}");
    }

    /// <summary>Stops the hub as an operator would, before the factory stops and disposes it again from another thread.</summary>
    public async Task StopAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = Get<IHostApplicationLifetime>();
        lifetime.ApplicationStopped.Register(() => stopped.TrySetResult());
        lifetime.StopApplication();
        _isStopped = true;
        await stopped.Task.InTime();
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_isStopped && _time is FakeTimeProvider clock)
            await StopAsync(clock);
        else if (!_isStopped)
            await StopAsync();

        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        _logs.Verify();
    }

    // The drain waits for runs and viewers by the hub's clock, which the test does not move any more. It blocks the thread that stops.
    private async Task StopAsync(FakeTimeProvider clock)
    {
        var stopping = Task.Run(StopAsync);
        await Until.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return stopping.IsCompleted;
        });
        await stopping;
    }
}
