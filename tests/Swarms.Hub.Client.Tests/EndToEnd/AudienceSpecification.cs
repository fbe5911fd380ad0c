using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// A host and a participant watch a room in which costs are shown and hidden. Each holds, folded from what it was sent, what the hub would
/// send it anew.
/// </summary>
public abstract class AudienceSpecification(StartedHub started) : IClassFixture<StartedHub>, IAsyncLifetime
{
    private static readonly string[] Fields = ["room", "members", "formerMembers", "runs", "messages", "agents", "groups", "spending"];

    private readonly HubProcess _hub = started.Hub;
    private readonly List<IAsyncDisposable> _things = [];
    private CuttableNetwork _network = null!;
    private RoomAdmission _host = null!;
    private RoomAdmission _guest = null!;
    private SdkProgram _hosts = null!;
    private SdkProgram _guests = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    internal abstract SdkProgram Start(Uri hub, string roomId, string token);

    public async ValueTask InitializeAsync()
    {
        _network = Keep(new CuttableNetwork(_hub.Address));
        _host = await _hub.CreateRoomAsync();
        using var client = new HubClient(_hub.Address);
        var invite = await client.OpenRoom(_host.Room.Id, _host.Token!)
            .CreateInviteAsync(new CreateInviteRequest { Role = MemberRoles.Participant }, CancellationToken);
        var guest = await client.JoinAsync(invite.Url, "Guest", CancellationToken);
        _guest = new RoomAdmission { Room = _host.Room, Member = guest.Member!, Token = guest.Token };
        _hosts = Keep(Start(_hub.Address, _host.Room.Id, _host.Token!));
        _guests = Keep(Start(_network.Address, _host.Room.Id, _guest.Token!));
        await _hosts.BecomesAsync("live");
        await _guests.BecomesAsync("live");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Everybody_Holds_What_The_Hub_Would_Send_It_Whoever_Sees_Costs()
    {
        await SetAsync(new { showMoney = MoneyAudiences.Hosts, budget = new { roomCost = "1000" } });
        await ChangesAsync();
        await _hub.StartRunAsync(_host, new { chunks = 5, chunksPerSecond = 0 });
        await _hosts.IsHandedAsync(EventTypes.Done);
        await AgreeAsync(isShown: false);

        // In mid-run, both ways.
        await _hub.StartRunAsync(_host, new { chunks = 40, chunksPerSecond = 100 });
        await _guests.IsHandedAsync(EventTypes.Chunk);
        await SetAsync(new { showMoney = MoneyAudiences.Participants });
        await ChangesAsync();
        await _hosts.IsHandedAsync(EventTypes.Done);
        await AgreeAsync(isShown: true);
        await _hub.StartRunAsync(_host, new { chunks = 40, chunksPerSecond = 100 });
        await _guests.IsHandedAsync(EventTypes.Chunk);
        await BecomeAsync(MemberRoles.Viewer);
        await ChangesAsync();
        await _hosts.IsHandedAsync(EventTypes.Done);
        await AgreeAsync(isShown: false);
        await BecomeAsync(MemberRoles.Participant);
        await ChangesAsync();
        await AgreeAsync(isShown: true);

        // Away while it changes: the cursor is of the earlier audience.
        _network.Cut();
        await _guests.BecomesAsync("reconnecting");
        await SetAsync(new { showMoney = MoneyAudiences.Hosts });
        await _hub.StartRunAsync(_host, new { chunks = 5, chunksPerSecond = 0 });
        await _hosts.IsHandedAsync(EventTypes.Done);
        _network.Mend();
        await ChangesAsync();
        await AgreeAsync(isShown: false);

        // With a cursor of its audience it resumes.
        _network.Break();
        await _guests.NextAsync(handed => handed.Kind == "resumed");
        await AgreeAsync(isShown: false);
        Assert.Single(_hosts.Taken, handed => handed.Kind == "snapshot");
        Assert.Equal(5, _guests.Taken.Count(handed => handed.Reason == SnapshotReasons.Audience));
    }

    private Task<Handed> ChangesAsync() => _guests.NextAsync(handed => handed is { Kind: "snapshot", Reason: SnapshotReasons.Audience });

    // A message marks the moment up to which both have folded.
    private async Task AgreeAsync(bool isShown)
    {
        using var http = _hub.CreateClient(_host.Token);
        using var answer = await http.PostAsJsonAsync($"api/rooms/{_host.Room.Id}/messages", new { text = "Now." }, CancellationToken);
        var said = (await answer.Content.ReadFromJsonAsync<MessageSaid>(ProtocolJson.Options, CancellationToken))!.Sequence;
        foreach (var (program, member, sees) in new[] { (_hosts, _host, true), (_guests, _guest, isShown) })
        {
            var state = (await program.NextAsync(handed => Has(handed.State, said))).State!.Value;
            using var own = _hub.CreateClient(member.Token);
            var sent = JsonElement.Parse(await own.GetStringAsync($"api/rooms/{_host.Room.Id}", CancellationToken));
            foreach (var field in Fields)
            {
                var (hub, folded) = (sent.GetProperty(field), state.GetProperty(field));
                Assert.True(JsonElement.DeepEquals(hub, folded), $"{field} of {member.Member.Name}:\n{folded}\ninstead of\n{hub}");
            }

            Assert.Equal(sees, state.GetProperty("spending").GetProperty("total").GetProperty("cost").ValueKind == JsonValueKind.String);
            Assert.Equal(sees, state.GetProperty("room").GetProperty("settings").GetProperty("budget").TryGetProperty("roomCost", out _));
            Assert.All(state.GetProperty("runs").EnumerateArray(), run => Assert.Equal(
                sees, run.GetProperty("usage").GetProperty("cost").ValueKind == JsonValueKind.Number));
        }
    }

    private static bool Has(JsonElement? state, long message) =>
        state?.GetProperty("messages").EnumerateArray().Any(said => said.GetProperty("sequence").GetInt64() == message) == true;

    private Task SetAsync(object settings) => PatchAsync("", new { settings });

    private Task BecomeAsync(string role) => PatchAsync($"/members/{_guest.Member.Id}", new { role });

    private async Task PatchAsync<T>(string path, T body)
    {
        using var http = _hub.CreateClient(_host.Token);
        (await http.PatchAsJsonAsync($"api/rooms/{_host.Room.Id}{path}", body, CancellationToken)).EnsureSuccessStatusCode();
    }

    private T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }
}
