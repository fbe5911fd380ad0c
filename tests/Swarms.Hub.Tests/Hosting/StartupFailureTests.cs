using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Hosting;

/// <summary>Failures that an operator can fix end the start with one sentence and exit code 1.</summary>
public sealed class StartupFailureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-start-");

    private string Database => Path.Combine(_folder.FullName, "hub.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Hub_Refuses_A_Database_That_Is_A_Directory()
    {
        Directory.CreateDirectory(Database);

        (await StartAsync()).IsRefusedWith("The storage cannot be used", Database);
    }

    [Fact]
    public async Task Hub_Refuses_A_Database_Beneath_A_File()
    {
        // No user may create this path, not even root.
        await File.WriteAllTextAsync(Database, "", TestContext.Current.CancellationToken);
        var beneath = Path.Combine(Database, "data", "hub.db");

        (await StartAsync("--Storage:Path", beneath)).IsRefusedWith("The storage cannot be used", beneath);
    }

    [Fact]
    public async Task Hub_Refuses_A_Database_In_A_Folder_That_It_May_Not_Write()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "Only Linux has /proc, where not even root writes.");

        (await StartAsync("--Storage:Path", "/proc/swarms-hub/hub.db"))
            .IsRefusedWith("The storage cannot be used", "/proc/swarms-hub/hub.db");
    }

    [Fact]
    public async Task Hub_Refuses_A_File_That_Is_No_Database()
    {
        await File.WriteAllTextAsync(Database, new string('x', 8192), TestContext.Current.CancellationToken);

        (await StartAsync()).IsRefusedWith("is not an SQLite database", Database);
    }

    [Fact]
    public async Task Hub_Refuses_A_Damaged_Database()
    {
        await CreateDatabaseAsync();
        await using (var file = File.OpenWrite(Database))
        {
            file.Position = 100;
            await file.WriteAsync(
                Enumerable.Repeat((byte)0xA5, (int)Math.Min(file.Length - 100, 65_536)).ToArray(), TestContext.Current.CancellationToken);
        }

        (await StartAsync()).IsRefusedWith("is damaged", Database);
    }

    [Fact]
    public async Task Hub_Refuses_The_Database_Of_A_Newer_Version()
    {
        await CreateDatabaseAsync();
        Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0.0')");

        (await StartAsync()).IsRefusedWith("newer version", "29990101000000_Later");
    }

    [Fact]
    public async Task Hub_Refuses_A_Database_That_Another_Process_Holds()
    {
        using var holder = Open();
        Execute(holder, "CREATE TABLE held (x)");
        Execute(holder, "BEGIN EXCLUSIVE");

        (await StartAsync()).IsRefusedWith("is locked by another process", Database);
    }

    [Fact]
    public async Task Hub_Refuses_A_Port_That_Is_In_Use()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        (await StartAsync("--urls", $"http://127.0.0.1:{port}")).IsRefusedWith("cannot listen", $"127.0.0.1:{port}", "--urls");
        // The same address is set by ASP.NET's own variable, in the folder where the hub's settings file lies.
        (await HubStart.TryAsync(HubProcess.Folder, ["--Storage:Path", Database], ["env", $"ASPNETCORE_URLS=http://127.0.0.1:{port}"]))
            .IsRefusedWith("cannot listen", $"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Hub_Refuses_An_Address_That_Is_None() =>
        (await StartAsync("--urls", "not an address")).IsRefusedWith("not an address");

    [Fact]
    public async Task Hub_Refuses_An_Address_That_This_Machine_Does_Not_Have() =>
        (await StartAsync("--urls", "http://192.0.2.1:0")).IsRefusedWith("cannot listen", "urls");

    [Theory]
    [InlineData("Runs:MaxParallel", "0")]
    [InlineData("Runs:MaxParallel", "many")]
    [InlineData("Runs:DrainTimeout", "-00:00:01")]
    [InlineData("Runs:MaxTextBytes", "1")]
    [InlineData("Rooms:IdleTimeout", "soon")]
    [InlineData("Rooms:IdleTimeout", "2")]
    [InlineData("Storage:CheckpointBytes", "16MB")]
    [InlineData("Server:DirectSockets", "maybe")]
    [InlineData("Access:AllowedOrigins", "http://a b")]
    [InlineData("Access:AllowedOrigins:0", "http://a b")]
    [InlineData("Access:AllowedOrigins", "*")]
    [InlineData("Access:AllowedOrigins", "https://example.org/page")]
    [InlineData("Access:OperatorKey", "short")]
    [InlineData("Storage:Durability", "Perhaps")]
    [InlineData("Storage:MaxPendingEvents", "1")]
    [InlineData("Storage:Path", "")]
    [InlineData("Upstream:BaseAddress", "ftp://example.org")]
    [InlineData("Upstream:IdleTimeout", "00:00:00")]
    [InlineData("Server:SendBufferBytes", "1")]
    [InlineData("Delivery:SendTimeout", "00:00:00")]
    [InlineData("Delivery:PingInterval", "00:00:06")]
    public async Task Hub_Refuses_Settings_Out_Of_Their_Range(string name, string value) =>
        (await StartAsync($"--{name}", value)).IsRefusedWith("The configuration is wrong", $"{name} must");

    [Fact]
    public async Task Hub_Names_Every_Wrong_Setting_Of_A_Section_At_Once() =>
        (await StartAsync("--Runs:MaxParallel", "0", "--Runs:MaxQueuedPerRoom", "-1")).IsRefusedWith("MaxParallel", "MaxQueuedPerRoom");

    [Fact]
    public async Task Hub_Refuses_Misspelt_Settings_Before_It_Makes_A_File()
    {
        (await StartAsync("--Storge:Path", "x", "--Runs:MaxParalel", "3")).IsRefusedWith("Storage:Path?", "Runs:MaxParallel?");
        (await HubStart.TryAsync(_folder.FullName, [], ["env", "Runs__MaxParalel=3"])).IsRefusedWith("Runs:MaxParallel?");

        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Wrong_Setting_Of_The_Framework_Is_Named_Without_Its_Types()
    {
        var wrong = Assert.Throws<InvalidOperationException>(
            () => new ConfigurationBuilder().AddInMemoryCollection([new("Kestrel:Limit", "many")]).Build().GetValue<int>("Kestrel:Limit"));

        Assert.Equal("The configuration is wrong: Kestrel:Limit does not take 'many'.", StartupFailure.Explain(wrong));
    }

    [Theory]
    [InlineData("SWARMS_API_KEY=")]
    [InlineData("Upstream__ApiKey=")]
    [InlineData("Upstream__Kind=swarms")]
    public async Task Hub_Whose_Key_Is_Empty_Is_Refused_With_The_Cure(string variable) =>
        (await HubStart.TryAsync(_folder.FullName, ["--urls", "http://127.0.0.1:0", "--Storage:Path", Database], ["env", variable]))
            .IsRefusedWith("No key of the Swarms API is set", "Upstream:Kind to simulator");

    [Fact]
    public async Task Hub_That_Runs_Without_Icu_Says_How_To_Have_It()
    {
        var start = await HubStart.TryAsync(
            _folder.FullName, ["--urls", "http://127.0.0.1:0"], ["env", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1"]);

        start.IsRefusedWith("ICU", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "libicu");
    }

    private Task<HubStart> StartAsync(params string[] arguments) =>
        HubStart.TryAsync(_folder.FullName, ["--urls", "http://127.0.0.1:0", "--Storage:Path", Database, .. arguments]);

    private async Task CreateDatabaseAsync()
    {
        await using var hub = HubUnderTest.Start(("Storage:Path", Database));
        await hub.CreateRoomAsync();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The SQL is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
