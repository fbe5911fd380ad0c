using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Testing;

/// <summary>
/// The hub itself, started as its users start it, on a database in a folder of its own and a port of the system's choice, with the
/// built-in simulator. It can be stopped, killed and started again on the same database.
/// </summary>
public sealed class HubProcess : IAsyncDisposable
{
    private const string Ready = "Swarms.Hub is ready: open ";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("swarms-hub-test-");
    private readonly List<string> _output = [];
    private Process? _process;

    public static string Assembly { get; } =
        typeof(HubProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "HubAssembly").Value!;

    /// <summary>Where the server's sources are, and the page that its build made.</summary>
    public static string Folder { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(Assembly)!);

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string DatabasePath => Path.Combine(Directory, "hub.db");

    /// <summary>Where its database lies, and nothing else.</summary>
    public string Directory => _folder.FullName;

    /// <summary>The folder that it is started from.</summary>
    public string StartFolder { get; init; } = Folder;

    /// <summary>What starts it in place of <c>dotnet</c>, which is its last argument: as another user, for instance.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>What the process itself is, for measuring it.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>What it printed, in all its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
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

    /// <summary>Starts it; settings are command-line arguments such as <c>--Runs:MaxParallel=2</c>.</summary>
    public async Task StartAsync(params string[] settings)
    {
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] program = [.. Launcher, "dotnet"];
        var start = new ProcessStartInfo(program[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = StartFolder };
        foreach (var argument in (string[])[.. program[1..], Assembly, "--urls", Address.GetLeftPart(UriPartial.Authority), "--Storage:Path", DatabasePath, .. settings])
            start.ArgumentList.Add(argument);

        // A key of the developer's must not turn a test into a bill.
        start.Environment.Remove("SWARMS_API_KEY");
        start.Environment.Remove("Upstream__ApiKey");
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The hub ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await ready.Task.InTime();
    }

    /// <summary>As <c>kill -9</c> does it.</summary>
    public Task KillAsync()
    {
        _process!.Kill();
        return EndAsync();
    }

    /// <summary>As a service manager does it: SIGTERM, and wait. Gives the exit code.</summary>
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

    /// <summary>Starts a run of the simulator with those settings.</summary>
    public async Task<Run> StartRunAsync(RoomAdmission room, object simulation, string task = "Test")
    {
        using var client = CreateClient(room.Token);
        using var answer = await client.PostAsJsonAsync($"api/rooms/{room.Room.Id}/runs", new { request = new { task, simulation } });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RunStarted>(ProtocolJson.Options))!.Run;
    }

    /// <summary>Every event of the room, from its log.</summary>
    public async Task<List<RoomEvent>> ReadEventsAsync(RoomAdmission room)
    {
        using var client = CreateClient(room.Token);
        var events = new List<RoomEvent>();
        for (var after = "0"; ;)
        {
            var page = (await client.GetFromJsonAsync<EventPage>($"api/rooms/{room.Room.Id}/events?limit=1000&after={after}", ProtocolJson.Options))!;
            if (page.Events.Count == 0)
                return events;

            events.AddRange(page.Events);
            after = page.Cursor;
        }
    }

    /// <summary>The cursor of whoever has seen the room up to that event.</summary>
    public async Task<string> CursorAtAsync(RoomAdmission room, long sequence)
    {
        using var client = CreateClient(room.Token);
        var page = (await client.GetFromJsonAsync<EventPage>($"api/rooms/{room.Room.Id}/events?limit=1&after={sequence - 1}", ProtocolJson.Options))!;
        return page.Cursor;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();

        _folder.Delete(recursive: true);
    }

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
            _output.Add(line ?? "");

        if (line?.StartsWith(Ready, StringComparison.Ordinal) == true)
            ready.TrySetResult(new Uri(line[Ready.Length..]));
    }
}
