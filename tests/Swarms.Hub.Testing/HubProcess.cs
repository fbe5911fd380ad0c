using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Testing;

/// <summary>
/// A hub process, started as users start it, with its own database folder, a free port and the built-in simulator. It can be stopped,
/// killed and started again on the same database.
/// </summary>
public sealed class HubProcess : IAsyncDisposable
{
    private const string Ready = "Swarms.Hub is ready: open ";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("swarms-hub-test-");
    private readonly List<string> _output = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private bool _hasStarted;

    public static string Assembly { get; } =
        typeof(HubProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "HubAssembly").Value!;

    /// <summary>
    /// The program that is started: the build's, or the one that <c>SWARMS_HUB_PROGRAM</c> names. CI starts hundreds of hubs, and names one
    /// that was compiled ahead of time.
    /// </summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("SWARMS_HUB_PROGRAM") is { Length: > 0 } named ? named : Assembly;

    /// <summary>The folder of the server's sources and of the page that its build made.</summary>
    public static string Folder { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(Assembly)!);

    /// <summary>Makes the database of a first start. A suite with many starts sets it: migrating takes a third of a start's time.</summary>
    public static Action<string>? CreateDatabase { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string DatabasePath => Path.Combine(Directory, "hub.db");

    /// <summary>The folder of its database; it holds nothing else.</summary>
    public string Directory => _folder.FullName;

    /// <summary>The working folder of the process.</summary>
    public string StartFolder { get; init; } = Folder;

    /// <summary>The command that starts <c>dotnet</c>, its last argument: as another user, for instance.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Further variables of its environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of the process, for measuring it.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>The output of all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Waits until the hub has printed the text: the line that says that it is ready is the first of several.</summary>
    public async Task PrintsAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline.Limit);
        while (true)
        {
            Task more;
            lock (_output)
            {
                if (_output.Exists(line => line.Contains(text, StringComparison.Ordinal)))
                    return;

                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The hub did not print \"{text}\", but:\n{Output}");
            }
        }
    }

    public static async Task<HubProcess> StartNewAsync(params string[] settings)
    {
        var hub = new HubProcess();
        try
        {
            await hub.StartAsync(settings);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the hub; settings are command-line arguments such as <c>--Runs:MaxParallel=2</c>.</summary>
    public async Task StartAsync(params string[] settings)
    {
        // Another user could not open a file of this one.
        if (!_hasStarted && Launcher.Count == 0 && !File.Exists(DatabasePath))
            CreateDatabase?.Invoke(DatabasePath);

        _hasStarted = true;
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] program = [.. Launcher, "dotnet"];
        var start = new ProcessStartInfo(program[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = StartFolder,
        };
        // A suite calls from one address, and appends more than people would.
        string[] own =
        [
            "--urls", Address.GetLeftPart(UriPartial.Authority), "--Storage:Path", DatabasePath, "--Storage:MinFreeBytes=0",
            "--Access:MaxConnectionsPerMinute=100000000",
            "--Access:MaxActionsPerMinute=100000000", "--Access:MaxTextBytesPerMinute=2000000000",
            "--Access:MaxJoinsPerMinute=100000000", "--Access:MaxRoomsPerMinute=100000000", "--Access:MaxNewTokensPerMinute=100000000",
        ];
        foreach (var argument in (string[])[.. program[1..], Program, .. own, .. settings])
            start.ArgumentList.Add(argument);

        // A developer's own key must not turn a test into a bill.
        start.Environment.Remove("SWARMS_API_KEY");
        start.Environment.Remove("Upstream__ApiKey");
        start.Environment.Remove("Upstream__BaseAddress");
        // It ends before a profile pays for being taken.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The hub ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await ready.Task.InTime();
    }

    /// <summary>Kills the hub, as <c>kill -9</c> does.</summary>
    public Task KillAsync()
    {
        _process!.Kill();
        return EndAsync();
    }

    /// <summary>Stops the hub as a service manager does, by SIGTERM; returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        return await EndAsync();
    }

    public HttpClient CreateClient(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return client;
    }

    public async Task<RoomAdmission> CreateRoomAsync(string name = "Test")
    {
        using var client = CreateClient();
        using var answer = await client.PostAsJsonAsync("api/rooms", new { name });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RoomAdmission>(ProtocolJson.Options))!;
    }

    /// <summary>Starts a run of the simulator with the given settings.</summary>
    public async Task<Run> StartRunAsync(RoomAdmission room, object simulation, string task = "Test")
    {
        using var client = CreateClient(room.Token);
        using var answer = await client.PostAsJsonAsync($"api/rooms/{room.Room.Id}/runs", new { request = new { task, simulation } });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RunStarted>(ProtocolJson.Options))!.Run;
    }

    /// <summary>Reads every event of the room from its log.</summary>
    public async Task<List<RoomEvent>> ReadEventsAsync(RoomAdmission room)
    {
        using var client = CreateClient(room.Token);
        var events = new List<RoomEvent>();
        for (var after = "0"; ;)
        {
            var page = await ReadPageAsync(client, room, $"limit=1000&after={after}");
            if (page.Events.Count == 0)
                return events;

            events.AddRange(page.Events);
            after = page.Cursor;
        }
    }

    /// <summary>Returns the cursor of a viewer that has seen the room up to this event.</summary>
    public async Task<string> CursorAtAsync(RoomAdmission room, long sequence)
    {
        using var client = CreateClient(room.Token);
        return (await ReadPageAsync(client, room, $"limit=1&after={sequence - 1}")).Cursor;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();

        _folder.Delete(recursive: true);
    }

    private static async Task<EventPage> ReadPageAsync(HttpClient client, RoomAdmission room, string query) =>
        (await client.GetFromJsonAsync<EventPage>($"api/rooms/{room.Room.Id}/events?{query}", ProtocolJson.Options))!;

    private async Task<int> EndAsync()
    {
        using var process = _process!;
        _process = null;
        await process.WaitForExitAsync().InTime();
        return process.ExitCode;
    }

    private void Read(string? line, TaskCompletionSource<Uri> ready)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (line?.StartsWith(Ready, StringComparison.Ordinal) == true)
            ready.TrySetResult(new Uri(line[Ready.Length..]));
    }
}
