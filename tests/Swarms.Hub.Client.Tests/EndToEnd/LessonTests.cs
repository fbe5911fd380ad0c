using System.Diagnostics;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// A lesson: a teacher and thirty pupils on an unsteady network, with proposals, messages, reactions and removals, and a hub that dies in
/// the middle. In the end everybody holds the same, in both SDKs, and so does the log.
/// </summary>
public sealed class LessonTests : IAsyncLifetime
{
    private const int Pupils = 30;

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
        _hub = Keep(await HubProcess.StartNewAsync());
        _network = Keep(new CuttableNetwork(_hub.Address));
        _teacher = await Client().CreateRoomAsync("Biology", "Ada", CancellationToken);
        await _teacher.ChangeSettingsAsync(new { moderated = true }, CancellationToken);
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
        await _hub.KillAsync();
        await _hub.StartAsync();
        _network.Break();
        await TeachAsync();
        await TeachAsync();

        var last = await _teacher.SayAsync("That was it for today.", CancellationToken);
        foreach (var watch in _watches)
            await watch.StateAsync(state => state.Messages.Any(message => message.Sequence == last));

        var answer = await ReadAsync($"/api/rooms/{_teacher.Id}");
        Assert.InRange(answer.Length, 1, 200_000);
        var snapshot = JsonElement.Parse(answer);
        foreach (var watch in _watches)
            AssertSame(snapshot, ToJson(watch.Room.State!), watch.Room.Member!.Name);

        AssertSame(snapshot, ToJson(await FoldAsync()), "the log, folded in .NET");
        AssertSame(snapshot, JsonElement.Parse(await RunAsync("node", FoldingProgram())), "the log, folded in JavaScript");
        var verified = await RunAsync("dotnet", HubProcess.Assembly, "verify", "--Storage:Path", _hub.DatabasePath);
        Assert.Contains("Every link fits", verified, StringComparison.Ordinal);

        var runs = snapshot.GetProperty("runs").Deserialize<List<Run>>(ProtocolJson.Options)!;
        Assert.Equal(20, runs.Count);
        Assert.Equal(12, runs.Count(run => run.ApprovedBy is not null && run.State == EventTypes.Done));
        Assert.Equal(4, runs.Count(run => run.State == EventTypes.Declined));
        Assert.Equal(4, runs.Count(run => run.Asked is not null));
        var messages = snapshot.GetProperty("messages").Deserialize<List<Message>>(ProtocolJson.Options)!;
        Assert.Equal(20, messages.Count(message => message.RemovedBy is not null) + (201 - messages.Count));
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

    private static StartRunRequest Ask(string task) => new()
    {
        Request = JsonSerializer.SerializeToElement(
            new { agent_config = new { agent_name = "Teacher" }, task, simulation = new { text = Answer, chunksPerSecond = 0 } }),
    };

    private HubClient Client() =>
        Keep(new HubClient(_network.Address, new HubClientOptions { MaxReconnectDelay = TimeSpan.FromMilliseconds(200) }));

    private T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    private async Task<RoomSnapshot> FoldAsync()
    {
        var admission = new RoomAdmission { Room = _teacher.State!.Room, Member = _teacher.Member!, Token = _teacher.Token };
        var state = new RoomState(new Room { Id = _teacher.Id, Name = "", CreatedAt = admission.Room.CreatedAt });
        foreach (var roomEvent in await _hub.ReadEventsAsync(admission))
            state.Apply(roomEvent);

        return JsonSerializer.SerializeToElement(state.ToSnapshot("", SnapshotReasons.First), ProtocolJson.Options)
            .Deserialize<RoomSnapshot>(ProtocolJson.Options)!;
    }

    private async Task<string> ReadAsync(string path)
    {
        using var http = _hub.CreateClient(_teacher.Token);
        return await http.GetStringAsync(path, CancellationToken);
    }

    private string[] FoldingProgram() =>
    [
        Path.Combine(AppContext.BaseDirectory, "EndToEnd", "folding-program.mjs"), JavaScriptProgram.Sdk, _hub.Address.ToString(),
        _teacher.Id, _teacher.Token!,
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
        foreach (var field in new[] { "room", "members", "formerMembers", "runs", "messages", "agents" })
        {
            var (hub, other) = (expected.GetProperty(field), actual.GetProperty(field));
            Assert.True(JsonElement.DeepEquals(hub, other), $"{field} of {whose}:\n{other}\ninstead of\n{hub}");
        }
    }
}
