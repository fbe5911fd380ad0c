namespace Swarms.Hub.Architecture;

/// <summary>Who may name whom. What is not in the table is forbidden, and what nobody uses is not in the table.</summary>
public sealed class ArrowsTests
{
    // Rooms and Upstream know nobody: the log and its source can be read alone. Runs and Delivery write and read one log and
    // never meet. Everyone may name Swarms.Hub.Protocol, and Diagnostics names nobody.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Access"] = ["Diagnostics", "Rooms"],
        ["Delivery"] = ["Access", "Diagnostics", "Presence", "Rooms"],
        ["Diagnostics"] = [],
        ["Gateway"] = ["Access", "Diagnostics", "Runs", "Upstream"],
        ["Hosting"] = ["Access", "Diagnostics", "Storage", "Upstream"],
        ["Hubs"] = ["Access", "Delivery", "Diagnostics", "Presence", "Rooms", "Runs"],
        ["Presence"] = [],
        ["Rooms"] = ["Diagnostics"],
        ["Runs"] = ["Access", "Diagnostics", "Presence", "Rooms", "Upstream"],
        ["Storage"] = ["Access", "Diagnostics", "Rooms"],
        ["Transcripts"] = ["Access", "Diagnostics", "Rooms"],
        ["Upstream"] = [],
    };

    [Fact]
    public void Features_Name_Exactly_Those_That_They_May()
    {
        var named = SourceFile.All.Where(file => file.Feature.Length > 0)
            .SelectMany(file => file.Names(Allowed.Keys).Select(other => (file.Feature, Other: other, file)))
            .ToLookup(arrow => $"{arrow.Feature} → {arrow.Other}", arrow => arrow.file);
        var allowed = Allowed.SelectMany(feature => feature.Value.Select(other => $"{feature.Key} → {other}")).ToHashSet();

        Assert.Empty(named.Where(arrow => !allowed.Contains(arrow.Key)).Select(arrow => $"{arrow.Key} is forbidden: {string.Join(", ", arrow)}"));
        Assert.Empty(allowed.Where(arrow => !named.Contains(arrow)).Select(arrow => $"{arrow} is allowed, and nobody uses it"));
    }

    [Fact]
    public void Every_Folder_Is_In_The_Table() =>
        Assert.Equal(Allowed.Keys.Order(), SourceFile.All.Select(file => file.Feature).Where(feature => feature.Length > 0).Distinct().Order());

    [Fact]
    public void Only_Storage_Names_The_Database() => OnlyIn("Storage", "EntityFrameworkCore", "Microsoft.Data.Sqlite", "SqliteConnection");

    [Fact]
    public void Only_Upstream_Names_HttpClient() => OnlyIn("Upstream", "HttpClient", "HttpRequestMessage");

    [Fact]
    public void Only_Hubs_Names_SignalR() => OnlyIn("Hubs", "AspNetCore.SignalR", "HubException", "IHubContext");

    [Fact]
    public void Configuration_Is_Read_Only_Where_Services_Are_Added()
    {
        var readers = Naming("BindConfiguration", "IConfiguration", "builder.Configuration");

        Assert.NotEmpty(readers);
        Assert.DoesNotContain(readers, file => file.Feature is not ("" or "Hosting") && !file.Name.EndsWith("ServiceCollectionExtensions.cs", StringComparison.Ordinal));
    }

    // A scan that finds nothing where the thing must be would prove nothing.
    private static void OnlyIn(string feature, params string[] words)
    {
        var files = Naming(words);

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.Feature != feature);
    }

    private static List<SourceFile> Naming(params string[] words) =>
        [.. SourceFile.All.Where(file => words.Any(word => file.Code.Contains(word, StringComparison.Ordinal)))];
}
