using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class StartedHubTests(StartedHub started) : IClassFixture<StartedHub>, IAsyncDisposable
{
    private readonly HubProcess _hub = started.Hub;
    private int _guests;
    private readonly HubClientOptions _options = new() { MaxReconnectDelay = TimeSpan.FromMilliseconds(100) };
    private readonly List<IDisposable> _clients = [];
    private readonly List<Watch> _watches = [];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
            await watch.DisposeAsync();

        _clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Viewers_Who_Join_Before_During_And_After_A_Run_Hold_The_Same_Verified_Text()
    {
        var host = await CreateRoomAsync();
        var early = Watch(host);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 100, chunks: 150), CancellationToken);
        await early.NextAsync<EventsUpdate>(update => update.Events.Any(roomEvent => roomEvent.Type == EventTypes.Chunk));
        var late = Watch(await JoinAsync(host, MemberRoles.Viewer));
        var texts = new[] { await EndAsync(early, run.Id), await EndAsync(late, run.Id) };
        var after = Watch(await JoinAsync(host, MemberRoles.Viewer));

        var stored = await host.GetRunAsync(run.Id, CancellationToken);

        Assert.Equal(EventTypes.Done, stored.State);
        Assert.All([.. texts, await EndAsync(after, run.Id)], text => Assert.Equal(stored.Text, text));
        Assert.All(_watches, watch => AssertWithoutGap(watch.Sequences));
    }

    [Fact]
    public async Task Viewer_That_Takes_Tickets_Is_Live_Comes_Back_After_A_Cut_And_Raises_Its_Hand()
    {
        _options.UseTickets = true;
        await using var network = new CuttableNetwork(_hub.Address);
        var host = await CreateRoomAsync();
        var watch = Watch(Client(network.Address).OpenRoom(host.Id, host.Token));
        await watch.BecomesAsync(ConnectionState.Live);

        network.Break();
        await watch.NextAsync<ResumedUpdate>();
        await host.RaiseHandAsync(CancellationToken);

        await watch.StateAsync(state => state.Members.Single().HandRaised);
        Assert.Equal(ConnectionTransport.WebSockets, watch.Room.Transport);
    }

    [Fact]
    public async Task Viewer_Whose_Network_Is_Cut_Again_And_Again_Misses_And_Doubles_Nothing()
    {
        await using var network = new CuttableNetwork(_hub.Address);
        var host = await CreateRoomAsync();
        var room = Client(network.Address).OpenRoom(host.Id, host.Token);
        var watch = Watch(room);
        await watch.BecomesAsync(ConnectionState.Live);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 100, chunks: 200), CancellationToken);
        for (var cuts = 0; cuts < 5; cuts++)
        {
            await watch.NextAsync<EventsUpdate>(update => update.Events.Any(roomEvent => roomEvent.Type == EventTypes.Chunk));
            network.Break();
            await watch.NextAsync<ResumedUpdate>();
        }

        var text = await EndAsync(watch, run.Id);

        Assert.Equal((await host.GetRunAsync(run.Id, CancellationToken)).Text, text);
        AssertWithoutGap(watch.Sequences);
        Assert.Equal(0, room.DigestMismatches);
    }

    [Fact]
    public async Task Killed_Hub_Keeps_What_Was_Seen_And_Goes_On_After_Its_Restart()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 50, chunks: 2000), CancellationToken);
        await watch.NextAsync<EventsUpdate>(update => update.Events.Any(roomEvent => roomEvent.Type == EventTypes.Chunk));

        await _hub.KillAsync();
        await watch.BecomesAsync(ConnectionState.Reconnecting);
        var seen = host.State!.FindRun(run.Id)!.Text!;
        await _hub.StartAsync();
        await watch.NextAsync<ResumedUpdate>();

        var interrupted = await watch.RunAsync(run.Id, it => it.EndedAt is not null);
        Assert.Equal((EventTypes.Interrupted, "hub_crashed"), (interrupted.State, interrupted.Reason));
        Assert.StartsWith(seen, interrupted.Text, StringComparison.Ordinal);
        Assert.NotEmpty(seen);
        Assert.Equal((await host.GetRunAsync(run.Id, CancellationToken)).Text, interrupted.Text);

        var next = await host.StartRunAsync(Simulated(chunksPerSecond: 0, chunks: 10), CancellationToken);
        Assert.NotEmpty(await EndAsync(watch, next.Id));
        AssertWithoutGap(watch.Sequences);
    }

    [Fact]
    public async Task Cancelled_Run_Keeps_Its_Text()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 50, chunks: 2000), CancellationToken);
        await watch.RunAsync(run.Id, it => it.Text is { Length: > 0 });

        await host.CancelRunAsync(run.Id, CancellationToken);
        var cancelled = await watch.RunAsync(run.Id, it => it.EndedAt is not null);

        Assert.Equal(("cancelled", "requested"), (cancelled.State, cancelled.Reason));
        Assert.Equal((await host.GetRunAsync(run.Id, CancellationToken)).Text, cancelled.Text);
    }

    [Fact]
    public async Task Cancel_Closes_The_Upstreams_Connection_Within_A_Second()
    {
        using var upstream = new RawUpstream();
        await using var hub = await HubProcess.StartNewAsync(
            $"--Upstream:BaseAddress={upstream.Address()}", "--Upstream:ApiKey=sk-upstream");
        var host = await Client(hub.Address).CreateRoomAsync("Biology", "Ada", CancellationToken).InTime();
        var watch = Watch(host);
        var run = await host.StartRunAsync(new AgentTask("Explain leaves", "Ada"), CancellationToken);
        using var connection = await upstream.AcceptRequestAsync();
        await connection.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: chunk\ndata: {\"content\": \"Leaves\"}\n\n");
        await watch.RunAsync(run.Id, it => it.Text is "Leaves");

        var cancelling = host.CancelRunAsync(run.Id, CancellationToken);

        await connection.Closed.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken);
        Assert.Equal(("cancelled", "Leaves"), await cancelling is var cancelled ? (cancelled.State, cancelled.Text) : default);
    }

    [Fact]
    public async Task People_Talk_React_Raise_Hands_And_Leave()
    {
        var host = await CreateRoomAsync();
        var guest = await JoinAsync(host, MemberRoles.Viewer);
        var watch = Watch(host);
        var guestWatch = Watch(guest);
        await guestWatch.BecomesAsync(ConnectionState.Live);

        var sequence = await guest.SayAsync("Hello 👋", CancellationToken);
        await guest.ReactAsync(sequence, "👍", CancellationToken);
        await watch.StateAsync(state => state.Messages.Count == 1);
        await host.ReactAsync(sequence, "👍", CancellationToken);
        await guest.RaiseHandAsync(CancellationToken);
        await host.ChangeMemberAsync(guest.Member!.Id, new ChangeMemberRequest { Name = "Robert" }, CancellationToken);
        await watch.StateAsync(state => state.FindMember(guest.Member.Id)?.Name == "Robert");

        Assert.True(host.State!.FindMember(guest.Member.Id)!.HandRaised);
        var message = Assert.Single(host.State.Messages);
        Assert.Equal(("Hello 👋", guest.Member.Id, sequence), (message.Text, message.By, message.Sequence));
        Assert.Equal([guest.Member.Id, host.Member!.Id], Assert.Single(message.Reactions).By);

        await guest.LeaveAsync(CancellationToken);
        await guestWatch.Ended;
        await watch.StateAsync(state => state.Members.Count == 1);
        Assert.Equal(ConnectionState.Ended, guest.ConnectionState);
    }

    [Fact]
    public async Task Reaction_To_What_Was_Said_In_A_History_That_The_Hub_Has_No_More_Is_Refused()
    {
        await using var hub = await HubProcess.StartNewAsync();
        var host = await Client(hub.Address).CreateRoomAsync("Biology", "Ada", CancellationToken).InTime();
        await hub.StopAsync();
        var older = await File.ReadAllBytesAsync(hub.DatabasePath, CancellationToken);
        await hub.StartAsync();
        var lost = await host.SayAsync("Lost", CancellationToken);
        await foreach (var update in host.WatchAsync(CancellationToken))
        {
            if (update is SnapshotUpdate)
                break;
        }

        await hub.StopAsync();
        await File.WriteAllBytesAsync(hub.DatabasePath, older, CancellationToken);
        await hub.StartAsync();
        Assert.Equal(lost, await host.SayAsync("Another", CancellationToken));
        var error = await Assert.ThrowsAsync<HubClientException>(() => host.ReactAsync(lost, "👍", CancellationToken));

        Assert.Equal(ErrorCodes.Conflict, error.Code);
    }

    [Fact]
    public async Task Member_Who_Is_Removed_Is_Told_And_Not_Let_In_Again()
    {
        var host = await CreateRoomAsync();
        var guest = await JoinAsync(host, MemberRoles.Participant);
        var watch = Watch(guest);
        await watch.BecomesAsync(ConnectionState.Live);

        await host.RemoveMemberAsync(guest.Member!.Id, CancellationToken);
        var error = await Assert.ThrowsAsync<HubClientException>(() => watch.Ended);

        Assert.True(error.IsFinal);
        Assert.Equal(ConnectionState.Ended, guest.ConnectionState);
        Assert.True((await Assert.ThrowsAsync<HubClientException>(() => guest.SayAsync("Hello?", CancellationToken))).IsFinal);
    }

    [Fact]
    public async Task Room_Is_Renamed_Read_And_Deleted()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        await watch.BecomesAsync(ConnectionState.Live);

        var renamed = await host.RenameAsync("Botany", CancellationToken);
        await watch.StateAsync(state => state.Room.Name == "Botany");
        var room = await host.GetRoomAsync(CancellationToken);
        await host.DeleteAsync(CancellationToken);
        await watch.Ended;

        Assert.Equal(("Botany", "Botany", host.Member), (renamed.Name, room.Room.Name, room.Me));
        Assert.Equal(ConnectionState.Ended, host.ConnectionState);
        Assert.True((await Assert.ThrowsAsync<HubClientException>(() => host.SayAsync("Anybody?", CancellationToken))).IsFinal);
    }

    [Fact]
    public async Task Transcript_As_Json_Is_Of_The_Protocols_Own_Types()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var said = await host.SayAsync("Hello 👋", CancellationToken);
        await host.ReactAsync(said, "👍", CancellationToken);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 0, chunks: 5), CancellationToken);
        var text = await EndAsync(watch, run.Id);

        var ofRoom = JsonSerializer.Deserialize<Transcript>(
            await host.GetTranscriptAsync(TranscriptFormats.Json, cancellationToken: CancellationToken), ProtocolJson.Options)!;
        var ofRun = JsonSerializer.Deserialize<Run>(
            await host.GetTranscriptAsync(TranscriptFormats.Json, run.Id, cancellationToken: CancellationToken), ProtocolJson.Options)!;

        Assert.Equal((host.Id, host.Member!.Id, text), (ofRoom.Room.Id, Assert.Single(ofRoom.Members).Id, Assert.Single(ofRoom.Runs).Text));
        var message = Assert.Single(ofRoom.Messages);
        Assert.Equal((said, "Hello 👋", host.Member.Id), (message.Sequence, message.Text, message.By));
        var reaction = Assert.Single(ofRoom.Reactions);
        Assert.Equal((said, "👍", host.Member.Id), (reaction.Target, reaction.Emoji, reaction.By));
        Assert.Equal((run.Id, text), (ofRun.Id, ofRun.Text));
    }

    [Fact]
    public async Task Viewer_May_Not_Start_A_Run_And_Is_Told_So()
    {
        var host = await CreateRoomAsync();
        var guest = await JoinAsync(host, MemberRoles.Viewer);

        var error = await Assert.ThrowsAsync<HubClientException>(() => guest.StartRunAsync(new AgentTask("t", "a"), CancellationToken));

        Assert.Equal(ErrorCodes.Forbidden, error.Code);
        Assert.Equal(guest.Member, await Client(_hub.Address).OpenRoom(guest.Id, guest.Token).GetMemberAsync(CancellationToken));
    }

    [Fact]
    public async Task Runs_Are_Started_Once_Listed_And_Searched()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var request = new AgentTask("Explain photosynthesis", "Teacher").ToRequest() with { IdempotencyKey = "key" };
        var run = await host.StartRunAsync(request, CancellationToken);
        Assert.Equal(run.Id, (await host.StartRunAsync(request, CancellationToken)).Id);
        await host.CancelRunAsync(run.Id, CancellationToken);
        await watch.RunAsync(run.Id, it => it.EndedAt is not null);

        var found = await host.ListRunsAsync("photosyn", cancellationToken: CancellationToken);

        Assert.Equal(run.Id, Assert.Single(found.Runs).Id);
        Assert.Empty((await host.ListRunsAsync("zoology", limit: 5, cancellationToken: CancellationToken)).Runs);
    }

    [Theory]
    [InlineData(TranscriptFormats.Markdown)]
    [InlineData(TranscriptFormats.Text)]
    [InlineData(TranscriptFormats.Json)]
    [InlineData(TranscriptFormats.Html)]
    public async Task Transcript_Of_Room_And_Run_Tells_What_Was_Asked(string format)
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var run = await host.StartRunAsync(Simulated(chunksPerSecond: 0, chunks: 5), CancellationToken);
        await EndAsync(watch, run.Id);

        Assert.Contains(
            "Explain leaves", await host.GetTranscriptAsync(format, cancellationToken: CancellationToken), StringComparison.Ordinal);
        Assert.Contains(
            "Explain leaves", await host.GetTranscriptAsync(format, run.Id, cancellationToken: CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swarm_Has_A_Part_For_Each_Agent()
    {
        var host = await CreateRoomAsync();
        var watch = Watch(host);
        var request = new JsonObject
        {
            ["name"] = "Panel",
            ["swarm_type"] = "ConcurrentWorkflow",
            ["agents"] = new JsonArray(
                new JsonObject { ["agent_name"] = "Pro", ["model_name"] = "m" },
                new JsonObject { ["agent_name"] = "Contra", ["model_name"] = "m" }),
            ["task"] = "Discuss",
            ["simulation"] = new JsonObject { ["chunksPerSecond"] = 0 },
        };
        var run = await host.StartRunAsync(request, RunKinds.Swarm, cancellationToken: CancellationToken);

        await EndAsync(watch, run.Id);
        var ended = host.State!.FindRun(run.Id)!;

        Assert.Equal(["Contra", "Pro"], ended.Parts!.Select(part => part.Agent).OfType<string>().Order());
    }

    [Fact]
    public async Task Invite_That_Was_Taken_Back_Admits_Nobody()
    {
        var host = await CreateRoomAsync();
        var invite = await host.CreateInviteAsync(new CreateInviteRequest { Role = MemberRoles.Viewer }, CancellationToken);
        await Client(_hub.Address).JoinAsync(invite.Url, "Eve", CancellationToken);
        await host.RevokeInviteAsync(invite.Invite.Id, CancellationToken);

        var error = await Assert.ThrowsAsync<HubClientException>(
            () => Client(_hub.Address).JoinAsync(invite.Url, "Eve", CancellationToken));

        Assert.Equal(ErrorCodes.NotFound, error.Code);
    }

    [Fact]
    public async Task Server_Says_What_It_Is()
    {
        var server = await Client(_hub.Address).GetServerAsync(CancellationToken);

        Assert.Equal(("simulator", "open"), (server.Upstream.Kind, server.RoomCreation));
    }

    private static StartRunRequest Simulated(double chunksPerSecond, int chunks) => new()
    {
        Request = JsonSerializer.SerializeToElement(
            new { agent_config = new { agent_name = "Teacher" }, task = "Explain leaves", simulation = new { chunksPerSecond, chunks } }),
    };

    private static async Task<string> EndAsync(Watch watch, string runId)
    {
        var run = await watch.RunAsync(runId, it => it.EndedAt is not null);
        Assert.True(watch.Room.IsVerified(runId));
        return run.Text!;
    }

    private static void AssertWithoutGap(List<long> sequences) =>
        Assert.All(sequences.Zip(sequences.Skip(1)), pair => Assert.Equal(pair.First + 1, pair.Second));

    private HubClient Client(Uri address)
    {
        var client = new HubClient(address, _options);
        _clients.Add(client);
        return client;
    }

    private Task<RoomClient> CreateRoomAsync() => Client(_hub.Address).CreateRoomAsync("Biology", "Ada", CancellationToken).InTime();

    private async Task<RoomClient> JoinAsync(RoomClient host, string role)
    {
        var invite = await host.CreateInviteAsync(new CreateInviteRequest { Role = role }, CancellationToken);
        return await Client(_hub.Address).JoinAsync(invite.Code, $"Bob {++_guests}", CancellationToken);
    }

    private Watch Watch(RoomClient room)
    {
        var watch = new Watch(room);
        _watches.Add(watch);
        return watch;
    }
}
