using System.Net.Http.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Swarms.Hub.Testing.ScriptedStory;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

/// <summary>
/// Each program of client-demo on a started hub and a real network. Its output is compared with the text that the hub stored.
/// </summary>
public abstract class DemoSpecification(StartedHub started) : IClassFixture<StartedHub>, IAsyncDisposable
{
    private readonly HubProcess _hub = started.Hub;
    private readonly List<IAsyncDisposable> _things = [];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    internal abstract Demo Start(Dictionary<string, string> settings);

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Demo_Prints_What_A_Cut_Network_Kept_From_It_And_No_Word_Twice()
    {
        var (story, hub) = await StartAsync();
        var network = Keep(new CuttableNetwork(hub.Address));
        var room = await hub.CreateRoomAsync();
        var viewer = Keep(await TestViewer.JoinAsync(hub.Address, room));
        var demo = StartIn(room, network.Address);

        await demo.PrintsAsync(First);
        network.Cut();
        story.TellSecond();
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk && e.Data.GetProperty("content").GetString() == Second);
        network.Mend();
        await demo.PrintsAsync(First + Second);
        story.TellThird();

        var ended = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(hub, room), 0, EventTypes.Done), ended);
    }

    [Fact]
    public async Task Demo_Behind_A_Proxy_That_Cuts_All_The_Time_Prints_The_Whole_Run_Once()
    {
        var network = Keep(new CuttableNetwork(_hub.Address));
        var room = await _hub.CreateRoomAsync();
        var viewer = Keep(await TestViewer.JoinAsync(_hub.Address, room));
        var demo = StartIn(room, network.Address);
        await demo.ReadUntilAsync(printed => printed.Length > 0);

        using (network.BreakEvery(TimeSpan.FromMilliseconds(300)))
            await viewer.WaitForEventAsync(e => EventTypes.IsEnding(e.Type));

        var ended = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(_hub, room), 0, EventTypes.Done), ended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Demo_Whose_Hub_Is_Killed_Or_Stopped_And_Started_Again_Prints_What_Was_Stored_Once_And_Ends(bool isKilled)
    {
        var (story, hub) = await StartAsync();
        var room = await hub.CreateRoomAsync();
        var demo = StartIn(room, hub.Address);
        await demo.PrintsAsync(First);

        await (isKilled ? hub.KillAsync() : hub.StopAsync());
        await hub.StartAsync(story.HubSettings);
        var ended = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(hub, room), 0, EventTypes.Interrupted), ended);
    }

    [Fact]
    public async Task Demo_Without_A_Room_Creates_One_And_Tells_Others_How_To_Join()
    {
        var demo = Start(_hub.Address);

        var guest = await JoinAsync(await demo.ReadInviteAsync());
        var ended = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(_hub, guest), 0, EventTypes.Done), ended);
        Assert.Equal(MemberRoles.Participant, guest.Member.Role);
    }

    [Fact]
    public async Task Demo_With_An_Invite_Runs_In_The_Room_Of_The_Invite()
    {
        var room = await _hub.CreateRoomAsync();
        var demo = Start(_hub.Address, ("SWARMS_HUB_INVITE", await InviteAsync(room)));

        var ended = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(_hub, room), 0, EventTypes.Done), ended);
        var events = await _hub.ReadEventsAsync(room);
        var guest = events.Last(e => e.Type == EventTypes.MemberJoined).Data.GetProperty("member");
        var by = events.Single(e => e.Type == EventTypes.RunQueued).By;
        Assert.Equal(guest.GetProperty("id").GetString(), by);
        // Two of them may be in one room.
        Assert.StartsWith("Guest ", guest.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_That_The_Hub_Refuses_Prints_The_Reason_And_Fails()
    {
        using var client = _hub.CreateClient();
        using var refusal = await client.PostAsJsonAsync("api/join", new { code = "ABC-DEF-GHJ", name = "Ada" }, CancellationToken);
        var reason = await refusal.Content.ReadFromJsonAsync<Refusal>(CancellationToken);

        var demo = Start(_hub.Address, ("SWARMS_HUB_INVITE", "ABC-DEF-GHJ"));

        Assert.Equal(("", 1, reason!.Detail), await demo.EndsAsync());
    }

    [Fact]
    public async Task Demo_That_Cannot_Reach_The_Hub_Says_So_And_Fails()
    {
        var gone = new CuttableNetwork(_hub.Address);
        await gone.DisposeAsync();

        var (printed, exitCode, lastWord) = await Start(gone.Address).EndsAsync();

        Assert.Equal(("", 1), (printed, exitCode));
        Assert.Contains("cannot be reached", lastWord, StringComparison.Ordinal);
    }

    /// <summary>The text of the room's one run, from its log.</summary>
    private protected static async Task<string> TextOfAsync(HubProcess hub, RoomAdmission room) =>
        string.Concat((await hub.ReadEventsAsync(room))
            .Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString()));

    private async Task<string> InviteAsync(RoomAdmission room)
    {
        using var host = _hub.CreateClient(room.Token);
        using var answer = await host.PostAsJsonAsync(
            $"api/rooms/{room.Room.Id}/invites", new { role = MemberRoles.Participant }, CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<InviteCreated>(ProtocolJson.Options, CancellationToken))!.Code;
    }

    private async Task<RoomAdmission> JoinAsync(string code)
    {
        using var client = _hub.CreateClient();
        using var answer = await client.PostAsJsonAsync("api/join", new { code, name = "Grace" }, CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RoomAdmission>(ProtocolJson.Options, CancellationToken))!;
    }

    /// <summary>A hub of the test's own, with a story for its run.</summary>
    private async Task<(ScriptedStory Story, HubProcess Hub)> StartAsync()
    {
        var story = Keep(await ScriptedStory.StartAsync());
        return (story, Keep(await HubProcess.StartNewAsync(story.HubSettings)));
    }

    private Demo StartIn(RoomAdmission room, Uri hub) => Start(hub, ("SWARMS_HUB_ROOM", room.Room.Id), ("SWARMS_HUB_TOKEN", room.Token!));

    private Demo Start(Uri hub, params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment["SWARMS_HUB_URL"] = hub.ToString();
        return Keep(Start(environment));
    }

    private T Keep<T>(T thing) where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    private sealed record Refusal(string Detail);
}
