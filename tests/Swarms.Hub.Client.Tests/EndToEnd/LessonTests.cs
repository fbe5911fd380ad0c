using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// A lesson: a teacher and thirty pupils on an unsteady network, with proposals, messages, reactions and removals, a budget that stops a
/// run, threads, blind groups, a masked text, and a hub that dies in the middle of a run. In the end everybody holds what the hub shows to
/// its role, in both SDKs, and so does the log.
/// </summary>
public sealed partial class LessonTests : IAsyncLifetime
{
    private const int Pupils = 30;

    // A group starts only if the budget bounds each of its runs.
    private const string Prices = "--Budget:Prices=runner 1 1";

    private static readonly RoomBudget Budget = new() { RoomTokens = 10_000_000, RoomCost = "1000", MemberRunsPerHour = 100 };

    // About 3 kB of Markdown.
    private static readonly string Answer =
        string.Concat(Enumerable.Repeat("## Leaves\n\n- A leaf is green, because of chlorophyll.\n\n", 55));

    private readonly List<IAsyncDisposable> _things = [];
    private readonly List<RoomClient> _pupils = [];
    private readonly List<Watch> _watches = [];
    private readonly Random _random = new(20261126);
    private HubProcess _hub = null!;
    private CuttableNetwork _network = null!;
    private RoomClient _teacher = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        JavaScriptProgram.Require();
        _hub = Keep(await HubProcess.StartNewAsync(Prices));
        _network = Keep(new CuttableNetwork(_hub.Address));
        _teacher = await Client().CreateRoomAsync("Biology", "Ada", CancellationToken);
        await _teacher.ChangeSettingsAsync(
            Json(new { moderated = true, showMoney = MoneyAudiences.Participants, budget = Budget }), CancellationToken);
        var invites = new[]
        {
            await _teacher.CreateInviteAsync(new CreateInviteRequest { Role = MemberRoles.Participant }, CancellationToken),
            await _teacher.CreateInviteAsync(new CreateInviteRequest { Role = MemberRoles.Viewer }, CancellationToken),
        };
        for (var i = 0; i < Pupils; i++)
            _pupils.Add(await Client().JoinAsync(invites[i % 2].Url, $"Pupil {i + 1}", CancellationToken));

        foreach (var room in (RoomClient[])[_teacher, .. _pupils])
            _watches.Add(Keep(new Watch(room)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_Holds_The_Same_In_The_End()
    {
        await TeachAsync();
        _network.Break();
        await TeachAsync();
        await StopByBudgetAsync();
        await ConverseAsync();
        await RaceAsync(1);
        await InterruptAsync();
        _network.Break();
        await TeachAsync();
        await RaceAsync(2);
        await HoldBackAsync();
        await RaceAsync(3);
        await TeachAsync();

        var last = await _teacher.SayAsync("That was it for today.", CancellationToken);
        foreach (var watch in _watches)
            await watch.StateAsync(state => state.Messages.Any(message => message.Sequence == last));

        // The teacher, a participant and a viewer: each role sees its own part.
        foreach (var (name, room) in new[] { ("host", _teacher), ("participant", _pupils[0]), ("viewer", _pupils[1]) })
            await AssertSameAsync(name, room);

        var verified = await RunAsync("dotnet", HubProcess.Assembly, "verify", "--Storage:Path", _hub.DatabasePath);
        Assert.Contains("Every link fits", verified, StringComparison.Ordinal);

        var snapshot = JsonElement.Parse(await ReadAsync(_teacher));
        var runs = snapshot.GetProperty("runs").Deserialize<List<Run>>(ProtocolJson.Options)!;
        // 20 proposals, 8 turns, 3 groups of two, the stopped run, the held one, the interrupted one and its continuation.
        Assert.Equal(20 + 8 + 6 + 4, runs.Count);
        Assert.Equal(3, snapshot.GetProperty("groups").GetArrayLength());
        Assert.DoesNotContain(Secret, snapshot.ToString(), StringComparison.Ordinal);
        var stopped = Assert.Single(runs, run => run.State == EventTypes.Cancelled && run.CancelledBy is null);
        Assert.Equal(RunReasons.OverBudget, stopped.Reason);
        Assert.Equal(12, runs.Count(run => run.ApprovedBy is not null && run.State == EventTypes.Done));
        Assert.Equal(4, runs.Count(run => run.State == EventTypes.Declined));
        Assert.Equal(4, runs.Count(run => run.Asked is not null));
        var messages = snapshot.GetProperty("messages").Deserialize<List<Message>>(ProtocolJson.Options)!;
        Assert.Equal(20, messages.Count(message => message.RemovedBy is not null) + (201 - messages.Count));
    }

    private async Task AssertSameAsync(string role, RoomClient room)
    {
        var answer = await ReadAsync(room);
        Assert.InRange(answer.Length, 1, 200_000);
        var snapshot = JsonElement.Parse(answer);
        var watches = _watches.Where(watch => watch.Room.Member!.Role == role).ToList();
        Assert.InRange(watches.Count, 1, Pupils / 2);
        foreach (var watch in watches)
            AssertSame(snapshot, ToJson(watch.Room.State!), watch.Room.Member!.Name);

        AssertSame(snapshot, ToJson(await FoldAsync(room)), $"the log of a {role}, folded in .NET");
        AssertSame(snapshot, JsonElement.Parse(await RunAsync("node", FoldingProgram(room))), $"the log of a {role}, folded in JavaScript");
        var cost = snapshot.GetProperty("spending").GetProperty("total").GetProperty("cost").GetString();
        var seesMoney = role != MemberRoles.Viewer;
        Assert.Equal((seesMoney, seesMoney), (cost is not null, answer.Contains("\"roomCost\"", StringComparison.Ordinal)));
    }

    // The run that goes on is cancelled with its text, and no other starts until the budget is raised again.
    private async Task StopByBudgetAsync()
    {
        var run = await _teacher.StartRunAsync(Ask("A long question", chunksPerSecond: 20), CancellationToken);
        await _watches[0].RunAsync(run.Id, it => it.Text?.Length > 0);
        await _teacher.ChangeSettingsAsync(Json(new { budget = Budget with { RoomTokens = 1, HardStop = true } }), CancellationToken);
        await _watches[0].RunAsync(run.Id, it => it.Reason == RunReasons.OverBudget && it.Text?.Length > 0);
        var refused = await Assert.ThrowsAsync<HubClientException>(() => _teacher.StartRunAsync(Ask("One more"), CancellationToken));
        Assert.Equal(ErrorCodes.OverBudget, refused.Code);
        await _teacher.ChangeSettingsAsync(Json(new { budget = Budget }), CancellationToken);
    }

    // A quarter of the lesson: 5 proposals, of which 3 are approved (one edited) and one declined; 50 messages with 5 removals, and 50
    // reactions.
    private async Task TeachAsync()
    {
        var proposals = new List<Run>();
        for (var i = 0; i < 5; i++)
            proposals.Add(await Pupil().StartRunAsync(Ask($"Question {_random.Next(1_000)}"), CancellationToken));

        var said = new List<long>();
        for (var i = 0; i < 50; i++)
        {
            said.Add(await Pupil().SayAsync($"Message {i}: {new string('ö', _random.Next(100))}", CancellationToken));
            await Pupil().ReactAsync(said[_random.Next(said.Count)], i % 2 == 0 ? "👍" : "🌿", CancellationToken);
        }

        foreach (var target in said.Take(5))
            await _teacher.RemoveMessageAsync(target, CancellationToken);

        foreach (var proposal in proposals)
            await Pupil().SupportRunAsync(proposal.Id, CancellationToken);

        await _teacher.PlaceRunAsync(proposals[2].Id, proposals[0].Id, CancellationToken);
        await _teacher.ApproveRunAsync(proposals[2].Id, "Question of the teacher's", CancellationToken);
        await _teacher.ApproveRunAsync(proposals[0].Id, cancellationToken: CancellationToken);
        await _teacher.ApproveRunAsync(proposals[4].Id, cancellationToken: CancellationToken);
        await _teacher.DeclineRunAsync(proposals[1].Id, "We had that.", CancellationToken);
        await _teacher.CancelRunAsync(proposals[3].Id, CancellationToken);
        foreach (var run in new[] { proposals[0], proposals[2], proposals[4] })
            await _watches[0].RunAsync(run.Id, it => it.State == EventTypes.Done);
    }

    private RoomClient Pupil() => _pupils[_random.Next(Pupils)];

    private static StartRunRequest Ask(string task, int chunksPerSecond = 0) => new()
    {
        Request = JsonSerializer.SerializeToElement(
            new { agent_config = new { agent_name = "Teacher" }, task, simulation = new { text = Answer, chunksPerSecond } }),
    };

    private static JsonObject Json(object settings) => JsonSerializer.SerializeToNode(settings, ProtocolJson.Options)!.AsObject();

    private HubClient Client() =>
        Keep(new HubClient(_network.Address, new HubClientOptions { MaxReconnectDelay = TimeSpan.FromMilliseconds(200) }));

    private T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    private async Task<RoomSnapshot> FoldAsync(RoomClient room)
    {
        var admission = new RoomAdmission { Room = room.State!.Room, Member = room.Member!, Token = room.Token };
        var state = new RoomState(new Room { Id = room.Id, Name = "", CreatedAt = admission.Room.CreatedAt });
        foreach (var roomEvent in await _hub.ReadEventsAsync(admission))
            state.Apply(roomEvent);

        return JsonSerializer.SerializeToElement(state.ToSnapshot("", SnapshotReasons.First), ProtocolJson.Options)
            .Deserialize<RoomSnapshot>(ProtocolJson.Options)!;
    }

    private async Task<string> ReadAsync(RoomClient room)
    {
        using var http = _hub.CreateClient(room.Token);
        return await http.GetStringAsync($"/api/rooms/{room.Id}", CancellationToken);
    }

    private string[] FoldingProgram(RoomClient room) =>
    [
        Path.Combine(AppContext.BaseDirectory, "EndToEnd", "folding-program.mjs"), JavaScriptProgram.Sdk, _hub.Address.ToString(),
        room.Id, room.Token!,
    ];

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken);
        await process.WaitForExitAsync(CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private static JsonElement ToJson(RoomSnapshot state) => JsonSerializer.SerializeToElement(state, ProtocolJson.Options);

    private static void AssertSame(JsonElement expected, JsonElement actual, string whose)
    {
        foreach (var field in new[] { "room", "members", "formerMembers", "runs", "messages", "agents", "groups", "spending" })
        {
            var (hub, other) = (expected.GetProperty(field), actual.GetProperty(field));
            Assert.True(JsonElement.DeepEquals(hub, other), $"{field} of {whose}:\n{other}\ninstead of\n{hub}");
        }
    }
}
