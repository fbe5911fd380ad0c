namespace Swarms.Hub.Architecture;

/// <summary>
/// Checks the rooms of the house and their arrows. An arrow that is not in the table is forbidden, and so is one that nobody uses.
/// </summary>
public sealed class ArrowsTests
{
    private const int MaxFilesInFolder = 26;

    // The rooms from the top floor down. Every room may name Swarms.Hub.Protocol, the ground floor (Diagnostics, Errors, Streams) and
    // the room around it. A folder that is not listed only sorts the files of the room around it.
    internal static readonly (int Floor, string Room, string[] May)[] House =
    [
        (6, "Hosting", ["Access", "Bodies", "Storage", "Storage/Commands", "RoomLogs", "Upstream"]),
        (5, "Hubs", ["Access", "Delivery", "Hubs/Wire", "Presence", "Rooms", "Runs"]),
        (5, "Hubs/Wire", ["Access", "Delivery", "RoomLogs"]),
        (5, "Gateway", ["Access", "Delivery", "Gateway/OpenAi", "Gateway/SwarmsApi", "RoomLogs", "Runs"]),
        (5, "Gateway/OpenAi", ["Access", "Bodies", "RoomLogs", "Runs"]),
        (5, "Gateway/SwarmsApi", ["Access", "Bodies", "RoomLogs", "Runs", "Upstream"]),
        (5, "Storage", [
            "Access", "Attendance", "Operations", "RoomLogs", "Rooms/Agents", "Runs", "Search", "Storage/Model", "Storage/PostgreSql",
            "Storage/Sqlite"]),
        (5, "Storage/Commands", ["Access", "RoomLogs", "Storage/Model", "Storage/PostgreSql", "Storage/Sqlite"]),
        (5, "Storage/PostgreSql", ["Access", "RoomLogs", "Search", "Storage/Model"]),
        (5, "Storage/Sqlite", ["RoomLogs", "Search", "Storage/Model"]),
        (5, "Storage/Model", ["Access", "Attendance", "Operations", "RoomLogs", "Rooms", "Rooms/Agents", "Runs", "Search"]),
        (4, "Rooms", ["Access", "RoomLogs", "Rooms/Agents", "Runs"]),
        (4, "Rooms/Agents", ["Access", "RoomLogs", "Runs", "Upstream"]),
        (4, "Delivery", ["Access", "Presence", "RoomLogs"]),
        (4, "Attendance", ["Access", "Presence", "RoomLogs"]),
        (4, "Operations", ["Access", "Presence", "RoomLogs", "Runs"]),
        (4, "Search", ["Access", "RoomLogs"]),
        (4, "Transcripts", ["Access", "RoomLogs"]),
        (3, "Runs", ["Access", "Bodies", "RoomLogs", "Upstream"]),
        (2, "Access", ["RoomLogs"]),
        (2, "Presence", []),
        (1, "Bodies", []),
        (1, "RoomLogs", []),
        (1, "Upstream", ["Upstream/Chat", "Upstream/Simulator", "Upstream/SwarmsApi"]),
        (1, "Upstream/Chat", []),
        (1, "Upstream/Simulator", []),
        (1, "Upstream/SwarmsApi", []),
        (0, "Diagnostics", []),
        (0, "Errors", []),
        (0, "Settings", []),
        (0, "Streams", []),
    ];

    private static readonly string[] Rooms = [.. House.Select(entry => entry.Room)];

    private static readonly string[] Ground = [.. House.Where(entry => entry.Floor == 0).Select(entry => entry.Room)];

    [Fact]
    public void Rooms_Name_Exactly_Those_That_They_May()
    {
        var named = SourceFile.All.Where(file => file.Folder.Length > 0)
            .SelectMany(file => file.Names(Rooms).Select(other => (Room: file.RoomOf(Rooms), Other: other, File: file)))
            .Where(arrow => IsArrow(arrow.File, arrow.Other))
            .ToLookup(arrow => $"{arrow.Room} → {arrow.Other}", arrow => arrow.File);
        var allowed = House.SelectMany(entry => entry.May.Select(other => $"{entry.Room} → {other}")).ToHashSet();

        var forbidden = named.Where(arrow => !allowed.Contains(arrow.Key));
        Assert.Equal("", string.Join('\n', forbidden.Select(arrow => $"{arrow.Key} is forbidden: {string.Join(", ", arrow)}")));
        var unused = allowed.Where(arrow => !named.Contains(arrow));
        Assert.Equal("", string.Join('\n', unused.Select(arrow => $"{arrow} is allowed, and nobody uses it")));
    }

    [Fact]
    public void No_Arrow_Leads_Up()
    {
        var floors = House.ToDictionary(entry => entry.Room, entry => entry.Floor);

        Assert.All(
            House, entry => Assert.All(entry.May, other => Assert.True(floors[other] <= entry.Floor, $"{entry.Room} → {other} leads up")));
        Assert.All(
            House, entry => Assert.DoesNotContain(entry.May, other => floors[other] == entry.Floor && !SameHouse(entry.Room, other)));
    }

    [Fact]
    public void Room_And_The_Room_Inside_It_Do_Not_Name_Each_Other()
    {
        // A file that adds services composes both rooms, and may name both.
        var inward = SourceFile.All.Where(file => !file.Name.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal))
            .SelectMany(
                file => file.Names(Rooms)
                    .Where(other => other.StartsWith($"{file.RoomOf(Rooms)}/", StringComparison.Ordinal))
                    .Select(inner => (Outer: file.RoomOf(Rooms), Inner: inner)))
            .Distinct();

        foreach (var (outer, inner) in inward)
        {
            var types = SourceFile.All.Where(file => file.RoomOf(Rooms) == outer).Select(file => file.Name.Split('.')[0]).ToList();
            Assert.All(SourceFile.All.Where(file => file.RoomOf(Rooms) == inner), file => Assert.DoesNotContain(types, file.Mentions));
        }
    }

    [Fact]
    public void Only_RoomLogs_And_Storage_Name_The_Registry_Of_Rooms_And_Only_Runs_What_Starts_And_Cancels_Them()
    {
        Assert.Equal(
            ["RoomLogs", "Storage"],
            SourceFile.All.Where(file => file.Mentions("RoomRegistry")).Select(file => file.Feature).Distinct().Order());
        Assert.Equal(
            ["Runs"],
            SourceFile.All.Where(file => file.Mentions("RunStarter") || file.Mentions("RunCancellation"))
                .Select(file => file.Feature)
                .Distinct());
    }

    [Fact]
    public void Every_Folder_Is_In_The_Table() =>
        Assert.Equal(
            Rooms.Order(), SourceFile.All.Where(file => file.Folder.Length > 0).Select(file => file.RoomOf(Rooms)).Distinct().Order());

    [Fact]
    public void No_Folder_Is_Crowded() =>
        Assert.All(
            SourceFile.All.GroupBy(file => file.Folder),
            folder => Assert.True(folder.Count() <= MaxFilesInFolder, $"{folder.Key} has {folder.Count()} files"));

    [Fact]
    public void Only_Storage_Names_The_Database() =>
        OnlyIn(["Storage"], "EntityFrameworkCore", "Microsoft.Data.Sqlite", "SqliteConnection");

    [Fact]
    public void Only_Upstream_Names_HttpClient() => OnlyIn(["Upstream"], "HttpClient", "HttpRequestMessage");

    [Fact]
    public void Only_Hubs_And_The_Translation_Of_Errors_Name_SignalR() =>
        OnlyIn(["Hubs", "Errors"], "AspNetCore.SignalR", "HubException", "IHubContext");

    [Fact]
    public void Configuration_Is_Read_Only_Where_Services_Are_Added()
    {
        var readers = Naming("BindConfiguration", "IConfiguration", "builder.Configuration");

        Assert.NotEmpty(readers);
        Assert.DoesNotContain(
            readers,
            file => file.Feature is not ("" or "Hosting" or "Settings")
                && !file.Name.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal));
    }

    private static bool IsArrow(SourceFile file, string other) =>
        (!Ground.Contains(other) || Ground.Contains(file.Feature)) && !file.Folder.StartsWith($"{other}/", StringComparison.Ordinal);

    private static bool SameHouse(string room, string other) => room.Split('/')[0] == other.Split('/')[0];

    // A scan that finds nothing in the allowed folders either would prove nothing.
    private static void OnlyIn(string[] features, params string[] words)
    {
        var files = Naming(words);

        Assert.Equal(features.Order(), files.Select(file => file.Feature).Distinct().Order());
    }

    private static List<SourceFile> Naming(params string[] words) =>
        [.. SourceFile.All.Where(file => words.Any(word => file.Code.Contains(word, StringComparison.Ordinal)))];
}
