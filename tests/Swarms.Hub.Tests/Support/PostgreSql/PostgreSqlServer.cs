using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>
/// A PostgreSQL server of its own: its data in a folder of its own, on a free port, with the programs that Debian installs. It forgets what
/// was not written to its log when it crashes, as a machine does that loses its power.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    // The writer of the log waits ten seconds, so that commits which nobody waited for are lost in a crash.
    private const string Settings =
        "-c fsync=off -c full_page_writes=off -c wal_writer_delay=10s -c shared_buffers=16MB -c max_connections=100";

    private static readonly Lazy<string?> Programs = new(FindPrograms);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-pg-");
    private Process? _process;
    private int _dumps;

    /// <summary>What is missing here for these tests; null if nothing is.</summary>
    public static string? Missing => Programs.Value is null ? "PostgreSQL is not installed (Debian: apt install postgresql)." : null;

    public int Port { get; } = FreePort();

    private string Data => Path.Combine(_folder.FullName, "data");

    // PostgreSQL refuses to run as root.
    private static string[] Launcher => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
        : [];

    /// <summary>Makes an empty server and starts it.</summary>
    public static async Task<PostgreSqlServer> StartNewAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var server = new PostgreSqlServer();
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", server._folder.FullName);

        await server.RunProgramAsync(
            "initdb", "-D", server.Data, "-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.StartAsync();
        return server;
    }

    /// <summary>Returns the connection string of a database, also through another port.</summary>
    public string ConnectionString(string database, int? port = null) =>
        $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username=hub;Timeout=5;Command Timeout=10";

    /// <summary>Executes statements in a database, from outside.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes a new database with everything that is in this one, also while a hub uses it.</summary>
    public async Task CopyAsync(string from, string to) => await RestoreAsync(await DumpAsync(from), to);

    /// <summary>Takes a database of another server as it is now, as a standby does.</summary>
    public async Task TakeAsync(PostgreSqlServer other, string database) => await RestoreAsync(await other.DumpAsync(database), database);

    /// <summary>Returns the file that holds everything in a database, as text.</summary>
    public async Task<string> DumpAsync(string database)
    {
        var dump = Path.Combine(_folder.FullName, $"{database}-{++_dumps}.sql");
        await RunProgramAsync("pg_dump", [.. At, "-f", dump, database]);
        return dump;
    }

    private string[] At => ["-h", "127.0.0.1", "-p", $"{Port}", "-U", "hub"];

    private async Task RestoreAsync(string dump, string database)
    {
        await ExecuteAsync($"CREATE DATABASE {database} TEMPLATE template0");
        await RunProgramAsync("psql", [.. At, "-q", "-v", "ON_ERROR_STOP=1", "-f", dump, "-o", "/dev/null", database]);
    }

    public async Task StartAsync()
    {
        _process = Start(
            [Program("postgres"), "-D", Data, "-k", _folder.FullName, "-p", $"{Port}", "-h", "127.0.0.1", .. Settings.Split(' ')]);
        await Until.TrueAsync(AnswersAsync);
    }

    /// <summary>Stops the server: at once as by a crash, or in order.</summary>
    public async Task StopAsync(bool isCrash)
    {
        await RunProgramAsync("pg_ctl", "stop", "-D", Data, "-m", isCrash ? "immediate" : "fast", "-w");
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task RestartAsync(bool isCrash)
    {
        await StopAsync(isCrash);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopAsync(isCrash: true);

        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            Assert.False(_process!.HasExited, "PostgreSQL did not start.");
            return false;
        }
    }

    private Task RunProgramAsync(string program, params string[] arguments) => RunAsync([.. Launcher, Program(program), .. arguments]);

    // Nobody would read its log from a pipe, and a full pipe would stop it.
    private static Process Start(string[] command) => Process.Start(
        new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", .. Launcher, .. command]) { WorkingDirectory = "/" })!;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(StartInfo(command))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {errors}{await output}");
    }

    // The folder of the tests may be closed to the server's user.
    private static ProcessStartInfo StartInfo(string[] command) => new(command[0], command[1..])
    {
        WorkingDirectory = "/",
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string Program(string name) => Path.Combine(Programs.Value!, name);

    private static string? FindPrograms() =>
        new DirectoryInfo("/usr/lib/postgresql") is { Exists: true } versions
            ? versions.GetDirectories().Select(version => Path.Combine(version.FullName, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .OrderByDescending(folder => folder.Length).ThenByDescending(folder => folder, StringComparer.Ordinal).FirstOrDefault()
            : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
