using System.Text.Json;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Storage.Commands;

/// <summary>A room goes out of one hub and into another: with everything, unaltered, and with no access.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const string Misfit = "does not fit: it was changed, or stood behind another event.";

    private readonly CommandFolder _folder = new();
    private readonly CommandFolder _other = new();

    private string Export => _folder.At("room.jsonl");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Room_Goes_To_Another_Hub_With_Its_Ids_Events_Texts_And_Links_And_Nobody_Gets_In_But_By_A_New_Invite()
    {
        var (host, bob, events) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Printed(
            $@"Exported room {host.Room} to {Export}, [\d,]+ bytes\. Every link fits; rooms: 1, events: {events.Count}\.");
        await MakeOtherAsync();

        var imported = await _other.RunAsync("import", Export);

        imported.Printed(
            $@"Imported room {host.Room} \(Class\), archived\. Every link fits; rooms: 1, events: {events.Count}\.",
            @"Its links prove that it is whole, and not where it comes from\. Nobody can enter it\. Let a host in with: "
            + $"invite {host.Room}");
        (await _other.RunAsync("verify")).Printed($@"Every link fits; rooms: 2, events: {events.Count + 1 + 2}\.");
        var invite = Regex.Match((await _other.RunAsync("invite", host.Room)).Output, "/join#([^ ]+) ").Groups[1].Value;
        await using var hub = _other.StartHub();
        foreach (var member in (MemberCaller[])[host, bob])
            (await member.At(hub.Address).GetAsync(member.Path)).IsProblem(401, ErrorCodes.Unauthenticated);

        var joined = await hub.Anybody().PostAsync("/api/join", new { invite, name = "Reader" });
        var reader = new MemberCaller(hub.Address, joined.Json);
        var there = (await reader.GetAsync($"{reader.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(events, there.Take(events.Count).Select(said => said.GetRawText()));
        Assert.Equal(["room.changed", "member.joined"], there.Skip(events.Count).Select(said => said.GetProperty("type").GetString()));
        var room = (await reader.GetAsync(reader.Path)).Json.GetProperty("room");
        Assert.Equal("Class", room.GetProperty("name").GetString());
        Assert.True(room.GetProperty("settings").GetProperty("archived").GetBoolean());
        (await reader.PostAsync($"{reader.Path}/messages", new { text = "More" })).IsProblem(403, ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task Imported_Rows_Are_What_The_First_Hub_Had()
    {
        var (host, _, _) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        await MakeOtherAsync();
        (await _other.RunAsync("import", Export)).Ended(0);

        foreach (var (table, columns) in ((string, string)[])
            [
                ("runs", "Id, HasEnded, FirstSequence, DataKey, ThreadRoot, Task, Text, View"),
                ("members", "Id, Name, NameKey, NameLook, Role, IsRoleLowered, FirstSequence, JoinedAt, HasLeft"),
                ("members", "Id, HandRaised, HandRaisedAt, MadeBy, Unmoderated"), ("reactions", "Target, MemberId, Emoji, Sequence"),
                ("passage_reactions", "Target, MemberId, Emoji, Passage, RunId, Sequence"),
                ("run_groups", "Id, FirstSequence, RevealSequence, View"), ("spending", "Sums"), ("agents", "Id, FirstSequence, View"),
                ("events", "Sequence, At, Type, Run, \"By\", Data, hex(Link), hex(Key), hex(Digest)"),
            ])
        {
            var rows = Rows(_folder.Database, table, columns, host.Room);
            var imported = Rows(_other.Database, table, columns, host.Room);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, table == "events" ? imported[..^1] : imported);
        }
    }

    [Fact]
    public async Task Transcripts_Of_The_Imported_Room_Say_The_Same()
    {
        var (host, _, _) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        await MakeOtherAsync();
        (await _other.RunAsync("import", Export)).Ended(0);
        var here = await TranscriptAsync(_folder, host.Room);

        var there = await TranscriptAsync(_other, host.Room);

        Assert.Equal(here.Runs.Select(run => run.Text), there.Runs.Select(run => run.Text));
        Assert.Equal(
            here.Messages.Select(message => (message.Sequence, message.Text, message.EditedAt, message.RemovedAt)),
            there.Messages.Select(message => (message.Sequence, message.Text, message.EditedAt, message.RemovedAt)));
        Assert.Equal(here.Reactions.Select(reaction => reaction.Sequence), there.Reactions.Select(reaction => reaction.Sequence));
        Assert.DoesNotContain("to be removed", await File.ReadAllTextAsync(Export, CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_That_Are_Known_Are_A_Conflict_And_Change_Nothing()
    {
        var (host, bob, _) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        var before = CommandFolder.Count(_folder.Database, "events");

        (await _folder.RunAsync("import", Export)).IsRefusedWith(
            $"Nothing was imported (conflict): the database has a room with the id {host.Room} already.");
        // The room's id is in no link. Its members' and runs' ids are.
        var text = await File.ReadAllTextAsync(Export, CancellationToken);
        await File.WriteAllTextAsync(Export, text.Replace(host.Room, "another", StringComparison.Ordinal), CancellationToken);
        (await _folder.RunAsync("import", Export)).IsRefusedWith("Nothing was imported (conflict): the database has a member with the id ");

        Assert.Equal(before, CommandFolder.Count(_folder.Database, "events"));
        Assert.NotEqual(host.Member, bob.Member);
    }

    [Fact]
    public async Task Altered_Export_Is_Found_And_Named_Wherever_It_Was_Altered_And_Is_Not_Imported()
    {
        var (host, _, _) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        var text = await File.ReadAllTextAsync(Export, CancellationToken);
        foreach (var (what, from, to, sentence) in ((string, string, string, string)[])
            [
                ("a member", "\"type\":\"hand.raised\",\"by\":\"", "\"type\":\"hand.raised\",\"by\":\"x", Misfit),
                ("a time", "\"at\":\"2", "\"at\":\"1", Misfit),
                ("a type", "\"type\":\"reaction\"", "\"type\":\"reacted\"", Misfit),
                ("a key", "\"key\":\"", "\"key\":\"00", Misfit),
                ("a link", "\"link\":\"", "\"link\":\"zz", "is not a room's export"),
                ("a space", "\"data\":{", "\"data\":{ ", Misfit),
                ("an erased text", "\"length\":", "\"text\":\"forged\",\"length\":", "is not what an erasure leaves."),
                ("a bracket", "\"type\":\"hand.raised\"", "\"type\":\"hand.raised", "is neither an event nor a key."),
                ("a text", "\"text\":\"Hello\"", "\"text\":\"Hallo\"", Misfit),
            ])
        {
            var at = text.IndexOf(from, StringComparison.Ordinal);
            Assert.True(at > 0, what);
            await File.WriteAllTextAsync(Export, text[..at] + to + text[(at + from.Length)..], CancellationToken);
            Assert.Contains(sentence, Verify(Export), StringComparison.Ordinal);
        }

        await MakeOtherAsync();
        var before = CommandFolder.Count(_other.Database, "events");
        (await _folder.RunAsync("verify", Export)).PrintedAndEnded(
            1, $@"Room {host.Room}: event \d+ does not fit: it was changed, or stood behind another event\.",
            @"Rooms that do not verify: 1 of 1\.");
        (await _other.RunAsync("import", Export)).IsRefusedWith("does not verify, so nothing was imported. Room ", Misfit);
        Assert.Equal(before, CommandFolder.Count(_other.Database, "events"));
    }

    [Fact]
    public async Task Export_Without_Its_Last_Or_A_Middle_Line_Is_Found()
    {
        var (host, _, events) = await FillAsync();
        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        var lines = await File.ReadAllLinesAsync(Export, CancellationToken);

        await File.WriteAllLinesAsync(Export, lines[..^1], CancellationToken);
        (await _folder.RunAsync("verify", Export)).PrintedAndEnded(
            1, $@"Room {host.Room}: it ends behind event {events.Count - 1}, and its header says {events.Count}\.",
            @"Rooms that do not verify: 1 of 1\.");
        await File.WriteAllLinesAsync(Export, [.. lines[..3], .. lines[4..]], CancellationToken);
        (await _folder.RunAsync("verify", Export)).PrintedAndEnded(
            1, $@"Room {host.Room}: event 3 is missing\.", @"Rooms that do not verify: 1 of 1\.");
    }

    [Theory]
    [InlineData("{}", "is not a room's export, or was written by a newer version of the hub.")]
    [InlineData("{\"swarmsHubExport\":2,\"room\":\"r\"}", "is not a room's export, or was written by a newer version of the hub.")]
    [InlineData("{\"swarmsHubExport\":", "is not a room's export.")]
    public async Task Other_File_Is_Refused(string text, string sentence)
    {
        await MakeOtherAsync();
        await File.WriteAllTextAsync(Export, text, CancellationToken);

        (await _other.RunAsync("import", Export)).IsRefusedWith(sentence);
        (await _other.RunAsync("verify", Export)).IsRefusedWith(sentence);
    }

    [Fact]
    public async Task Export_Refuses_Unknown_Rooms_And_Files_That_Are_There()
    {
        var host = await _folder.FillAsync();

        (await _folder.RunAsync("export", "nothing", Export)).IsRefusedWith($"There is no room nothing. The newest rooms: {host.Room}");
        Assert.False(File.Exists(Export));
        await File.WriteAllTextAsync(Export, "mine", CancellationToken);
        (await _folder.RunAsync("export", host.Room, Export)).IsRefusedWith("There is something at");
        Assert.Equal("mine", await File.ReadAllTextAsync(Export, CancellationToken));
    }

    [Fact]
    public async Task Import_Is_Refused_While_A_Hub_Runs_And_Export_Is_Not()
    {
        await using var hub = _folder.StartHub();
        var host = await hub.CreateRoomAsync();

        (await _folder.RunAsync("export", host.Room, Export)).Ended(0);
        (await _folder.RunAsync("import", Export)).IsRefusedWith("another hub is running on");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Export));
    }

    /// <summary>Makes a room in which nearly everything has happened.</summary>
    private async Task<(MemberCaller Host, MemberCaller Bob, List<string> Events)> FillAsync()
    {
        await using var hub = _folder.StartHub();
        var host = await hub.CreateRoomAsync("Class");
        var bob = await host.InviteAsync("participant");
        var gone = await host.InviteAsync("viewer", "Gone");
        await using (var caller = await HubCaller.ConnectAsync(bob))
            await caller.InvokeAsync("RaiseHand", bob.Room);

        var said = await SayAsync(host, "Hello");
        var edited = await SayAsync(host, "Edit me");
        var removed = await SayAsync(bob, "to be removed");
        await bob.PostAsync($"{host.Path}/reactions", new { target = said, emoji = "🌱" });
        await bob.PostAsync($"{host.Path}/reactions", new { target = removed, emoji = "🌱" });
        Assert.Equal(204, (await host.PatchAsync($"{host.Path}/messages/{edited}", new { text = "Edited" })).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/messages/{removed}")).Status);
        Assert.InRange(
            (await host.PutAsync($"{host.Path}/agents/writer", new { name = "Writer", model = "gpt-4.1" })).Status, 200, 201);
        var simulation = new { chunks = 5, chunksPerSecond = 0 };
        var run = (await host.FinishRunAsync(simulation)).GetProperty("id").GetString()!;
        await bob.FinishRunAsync(new { chunks = 5, chunksPerSecond = 0, fault = "error", faultAfterChunks = 3 });
        var hidden = (await bob.FinishRunAsync(simulation)).GetProperty("id").GetString()!;
        var erased = (await bob.FinishRunAsync(simulation, "to be removed")).GetProperty("id").GetString()!;
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Post, $"{host.Path}/runs/{hidden}/hide", null)).Status);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/runs/{erased}")).Status);
        await RaceAsync(host);
        var chunk = (await EventsAsync(host)).Select(json => JsonElement.Parse(json))
            .First(one => one.GetProperty("type").GetString() == "chunk" && one.GetProperty("run").GetString() == run);
        var sequence = chunk.GetProperty("sequence").GetInt64();
        var passage = new { run, from = sequence, fromOffset = 0, to = sequence, toOffset = 2 };
        Assert.InRange((await bob.PostAsync($"{host.Path}/reactions", new { target = sequence, emoji = "🎉", passage })).Status, 200, 204);
        Assert.Equal(204, (await host.DeleteAsync($"{host.Path}/members/{gone.Member}")).Status);
        return (host, bob, await EventsAsync(host));
    }

    private static async Task RaceAsync(MemberCaller host)
    {
        var entry = new { request = new { agent_config = new { }, simulation = new { chunksPerSecond = 0, chunks = 1 } } };
        var group = await host.StartGroupAsync([entry, entry], isBlind: true);
        foreach (var run in group.Runs)
            await host.EndedAsync(run);

        Assert.Equal(204, (await host.VoteAsync(group, group.Runs[0])).Status);
        Assert.Equal(200, (await host.TryRevealAsync(group)).Status);
    }

    private static string Verify(string path)
    {
        try
        {
            return ExportFile.Open(path).Verify(null).ToString();
        }
        catch (CommandRefusedException e)
        {
            return e.Message;
        }
    }

    private static async Task<long> SayAsync(MemberCaller member, string text) =>
        (await member.PostAsync($"{member.Path}/messages", new { text })).Json.GetProperty("sequence").GetInt64();

    private static async Task<List<string>> EventsAsync(MemberCaller member) =>
    [
        .. (await member.GetAsync($"{member.Path}/events?limit=1000")).Json.GetProperty("events").EnumerateArray()
            .Select(one => one.GetRawText()),
    ];

    // Another hub's database, with a room of its own.
    private async Task MakeOtherAsync()
    {
        await using var hub = _other.StartHub();
        await hub.CreateRoomAsync();
    }

    private static async Task<Transcript> TranscriptAsync(CommandFolder folder, string room)
    {
        var invite = Regex.Match((await folder.RunAsync("invite", room)).Output, "/join#([^ ]+) ").Groups[1].Value;
        await using var hub = folder.StartHub();
        var joined = await hub.Anybody().PostAsync("/api/join", new { invite, name = "Reader" });
        var reader = new MemberCaller(hub.Address, joined.Json);
        return (await reader.GetAsync($"{reader.Path}/transcript?format=json")).Json.Deserialize<Transcript>(ProtocolJson.Options)!;
    }

    private static List<string> Rows(string path, string table, string columns, string room)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants come here.
        command.CommandText = $"SELECT {columns} FROM {table} WHERE RoomKey = (SELECT Key FROM rooms WHERE Id = $room) ORDER BY 1, 2, 3";
#pragma warning restore CA2100
        if (table == "spending")
            command.CommandText = command.CommandText.Replace(" ORDER BY 1, 2, 3", "", StringComparison.Ordinal);

        command.Parameters.AddWithValue("$room", room);
        var rows = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Show(reader.GetValue(i)))));

        return rows;
    }

    private static string Show(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}
