using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

/// <summary>A room with a caller of some role in it, or outside, and with that which an act needs.</summary>
internal sealed class RoleRoom
{
    private MemberCaller? _other;

    private RoleRoom(MemberCaller host, MemberCaller? member, Caller caller)
    {
        (Host, Member, Caller) = (host, member, caller);
        Target = Owner.Member;
    }

    public MemberCaller Host { get; }

    /// <summary>The caller, if it is in the room.</summary>
    public MemberCaller? Member { get; }

    public Caller Caller { get; }

    /// <summary>The member whose own things the act is about: the caller's, or for one outside the room the host's.</summary>
    public MemberCaller Owner => Member ?? Host;

    public string Room => Host.Room;

    /// <summary>The member that the act is about.</summary>
    public string Target { get; private set; }

    public string Run { get; private set; } = "";

    public string Group { get; private set; } = "";

    public long Message { get; private set; } = 1;

    /// <summary>The id of an invite, and the secrets of it and of a return link.</summary>
    public string Invite { get; private set; } = "";

    public string Secret { get; private set; } = "";

    /// <summary>Creates the room. A host is another than the one who created it, so it may leave.</summary>
    public static async Task<RoleRoom> CreateAsync(HubUnderTest hub, string role)
    {
        var host = await hub.CreateRoomAsync();
        if (role == RoleTable.Nobody)
            return new RoleRoom(host, null, hub.Anybody());

        if (role == RoleTable.Stranger)
            return new RoleRoom(host, null, await hub.CreateRoomAsync());

        var member = await host.InviteAsync(role);
        return new RoleRoom(host, member, member);
    }

    /// <summary>Returns a participant who is not the caller.</summary>
    public async Task<MemberCaller> OtherAsync() => _other ??= await Host.InviteAsync(MemberRoles.Participant);

    public async Task MeetAsync() => Target = (await OtherAsync()).Member;

    public Task SayOwnAsync() => SayAsync(Owner);

    public async Task SayAnothersAsync() => await SayAsync(await OtherAsync());

    public async Task ReactAsync() =>
        Assert.Equal(204, (await Owner.PostAsync($"{Host.Path}/reactions", new { target = 1, emoji = "👍" })).Status);

    public Task RaiseOwnAsync() => RaiseAsync(Owner);

    public async Task RaiseAnothersAsync()
    {
        await RaiseAsync(await OtherAsync());
        Target = (await OtherAsync()).Member;
    }

    public async Task FinishAsync() =>
        Run = (await Host.FinishRunAsync(new { chunks = 1, chunksPerSecond = 0, text = "Once" })).GetProperty("id").GetString()!;

    public async Task HideAsync()
    {
        await FinishAsync();
        Assert.Equal(204, (await Host.PostAsync($"{Host.Path}/runs/{Run}/hide", new { })).Status);
    }

    /// <summary>Starts a run of the host whose text is held, and waits until a part of it is there.</summary>
    public async Task HoldAsync()
    {
        await SetAsync(new { holdBack = new { } });
        await RunAsync(Host);
        var run = (await Host.GetAsync($"{Host.Path}/runs/{Run}")).Json.Deserialize<Run>(ProtocolJson.Options)!;
        await using var feed = await FeedReader.OpenAsync(Host, $"/api/rooms/{run.Hold!.Lane}/events?after=0");
        await feed.UntilAsync(EventTypes.Chunk);
    }

    public Task RunOwnAsync() => RunAsync(Owner);

    public async Task RunAnothersAsync() => await RunAsync(await OtherAsync());

    public Task ProposeOwnAsync() => ProposeAsync(Owner);

    public async Task ProposeAnothersAsync() => await ProposeAsync(await OtherAsync());

    public async Task SupportAsync()
    {
        await ProposeAnothersAsync();
        Assert.Equal(204, (await Owner.PutAsync($"{Host.Path}/runs/{Run}/support", new { })).Status);
    }

    /// <summary>Starts a group of the host's, and returns once its runs have ended.</summary>
    public async Task RaceAsync()
    {
        var simulation = new { chunks = 1, chunksPerSecond = 0 };
        var runs = Enumerable.Repeat(new { request = new { agent_config = new { }, simulation } }, 2);
        var group = (await Host.PostAsync($"{Host.Path}/groups", new { task = "Test", runs })).Json;
        Group = group.GetProperty("id").GetString()!;
        foreach (var run in group.GetProperty("runs").EnumerateArray())
        {
            await using var feed = await FeedReader.OpenAsync(Host);
            await feed.UntilEndOfAsync(Run = run.GetString()!);
        }
    }

    public async Task VoteAsync()
    {
        await RaceAsync();
        Assert.Equal(204, (await Owner.PutAsync($"{Host.Path}/groups/{Group}/vote", new { run = Run })).Status);
    }

    public Task AddAgentAsync() => Host.AddWriterAsync();

    public Task ModerateAsync() => SetAsync(new { moderated = true });

    public async Task InviteAsync()
    {
        var made = await Host.CreateInviteAsync(new { role = MemberRoles.Viewer });
        Invite = made.GetProperty("invite").GetProperty("id").GetString()!;
        Secret = MemberCaller.Secret(made);
    }

    public async Task LinkAsync()
    {
        var by = Member?.Admission.Member.Role == MemberRoles.Host ? Member : Host;
        var made = await by.PostAsync($"{Host.Path}/members/me/return-link", new { });
        Assert.Equal(201, made.Status);
        Secret = MemberCaller.Secret(made.Json);
    }

    public async Task SetAsync(object settings) =>
        Assert.Equal(200, (await Host.PatchAsync(Host.Path, new { settings })).Status);

    /// <summary>Counts what people did in the room, but for one of them.</summary>
    public async Task<int> CountActsAsync(string? without = null)
    {
        var page = (await Host.GetAsync($"{Host.Path}/events?limit=1000")).Json.GetProperty("events");
        return page.Deserialize<List<RoomEvent>>(ProtocolJson.Options)!
            .Count(e => RoomRules.IsAct(e.Type, e.Run, e.By) && e.By != without
                && e.Type is not (EventTypes.RunStarted or EventTypes.RunMoved));
    }

    private async Task SayAsync(MemberCaller by) => Message = await by.SayAsync("hello");

    private static async Task RaiseAsync(MemberCaller by) =>
        Assert.Equal(204, (await by.PutAsync($"{by.Path}/hands/me", new { })).Status);

    // It does not end by itself.
    private async Task RunAsync(MemberCaller by) =>
        Run = await by.StartRunAsync(new { chunks = 4, chunksPerSecond = 0, fault = "silence" });

    private async Task ProposeAsync(MemberCaller by)
    {
        await ModerateAsync();
        Run = await by.StartRunAsync(new { chunks = 1, chunksPerSecond = 0 });
    }
}
