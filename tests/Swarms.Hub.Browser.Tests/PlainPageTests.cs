using System.Net.Http.Json;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Testing.ScriptedStory;

namespace Swarms.Hub.Browser;

/// <summary>The page of client-demo in a browser. Its text is compared with the one that the hub stored.</summary>
public sealed class PlainPageTests(HubAndBrowser site) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private ScriptedStory _story = null!;
    private PlainPage _page = null!;
    private HubProcess _hub = null!;
    private CuttableNetwork _network = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site.SkipWhereSomethingIsMissing();
        _story = Keep(await ScriptedStory.StartAsync());
        _page = Keep(await PlainPage.ServeAsync(await site.OpenPageAsync()));
        _hub = Keep(await HubProcess.StartNewAsync(Settings()));
        _network = Keep(new CuttableNetwork(_hub.Address));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Fact]
    public async Task Page_Prints_What_A_Cut_Network_Kept_From_It_And_No_Word_Twice()
    {
        await _page.OpenAsync(_network.Address);
        await _page.StartRunAsync();
        await Expect(_page.Run).ToHaveTextAsync(First);
        var room = await JoinAsync(_page.Invite);
        await using var viewer = await TestViewer.JoinAsync(_hub.Address, room);

        _network.Cut();
        _story.TellSecond();
        await viewer.WaitForEventAsync(e => e.Type == EventTypes.Chunk);
        _network.Mend();
        await Expect(_page.Run).ToHaveTextAsync(First + Second);
        _story.TellThird();

        var shown = await _page.ReadEndedRunAsync(EventTypes.Done);
        Assert.Equal(await TextOfAsync(room), shown);
        Assert.Equal((1, 1), (_page.TimesReplaced, _page.TimesResumed));
    }

    [Fact]
    public async Task Page_Behind_A_Proxy_That_Cuts_All_The_Time_Shows_The_Whole_Run_Once()
    {
        var hub = Keep(await HubProcess.StartNewAsync($"--Access:AllowedOrigins:0={_page.Origin}"));
        var network = Keep(new CuttableNetwork(hub.Address));
        await _page.OpenAsync(network.Address);
        await _page.StartRunAsync();
        await Expect(_page.Run).Not.ToBeEmptyAsync();
        var room = await JoinAsync(_page.Invite, hub);
        await using var viewer = await TestViewer.JoinAsync(hub.Address, room);

        using (network.BreakEvery(TimeSpan.FromMilliseconds(300)))
            await viewer.EndOfAsync(viewer.Frames[0].Runs!.Single().Id);

        Assert.Equal(await TextOfAsync(room, hub), await _page.ReadEndedRunAsync(EventTypes.Done));
    }

    [Fact]
    public async Task Page_Whose_Hub_Is_Killed_And_Started_Again_Shows_What_Was_Stored_Once_And_How_It_Ended()
    {
        await _page.OpenAsync(_hub.Address);
        await _page.StartRunAsync();
        await Expect(_page.Run).ToHaveTextAsync(First);
        var room = await JoinAsync(_page.Invite);

        await _hub.KillAsync();
        await _hub.StartAsync(Settings());

        Assert.Equal(await TextOfAsync(room), await _page.ReadEndedRunAsync(EventTypes.Interrupted));
        Assert.Equal((1, 1), (_page.TimesReplaced, _page.TimesResumed));
    }

    [Fact]
    public async Task Page_At_The_Address_Of_An_Invite_Shows_What_Others_Run()
    {
        var room = await _hub.CreateRoomAsync();
        await _page.OpenAsync(_hub.Address, await InviteAsync(room));
        await Expect(_page.Status).ToHaveTextAsync("1 watching");

        await _hub.StartRunAsync(room, new { });
        _story.TellSecond();
        _story.TellThird();

        Assert.Equal(First + Second + Third, await _page.ReadEndedRunAsync(EventTypes.Done));
    }

    [Fact]
    public async Task Page_Shows_Nothing_Of_A_Run_While_It_Is_Hidden_And_Once_It_Is_Removed()
    {
        var room = await _hub.CreateRoomAsync();
        await _page.OpenAsync(_hub.Address, await InviteAsync(room));
        await Expect(_page.Status).ToHaveTextAsync("1 watching");
        await _hub.StartRunAsync(room, new { });
        _story.TellSecond();
        _story.TellThird();
        await _page.ReadEndedRunAsync(EventTypes.Done);
        using var host = _hub.CreateClient(room.Token);
        var run = $"api/rooms/{room.Room.Id}/runs/{await _page.Run.GetAttributeAsync("id")}";

        await PostAsync("hide");
        Assert.Equal("", await _page.ReadEndedRunAsync("hidden"));
        await PostAsync("show");
        Assert.Equal(First + Second + Third, await _page.ReadEndedRunAsync(EventTypes.Done));
        using var removed = await host.DeleteAsync(run, CancellationToken);
        Assert.Equal("", await _page.ReadEndedRunAsync("removed"));

        async Task PostAsync(string act)
        {
            using var answer = await host.PostAsync($"{run}/{act}", null, CancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Page_With_A_Wrong_Invite_Shows_The_Reason()
    {
        using var client = _hub.CreateClient();
        using var refusal = await client.PostAsJsonAsync("api/join", new { code = "ABC-DEF-GHJ", name = "Ada" }, CancellationToken);
        var reason = await refusal.Content.ReadFromJsonAsync<Refusal>(CancellationToken);

        await _page.OpenAsync(_hub.Address, "ABC-DEF-GHJ");

        await Expect(_page.Status).ToHaveTextAsync(reason!.Detail);
    }

    [Fact]
    public async Task Page_Asks_Nobody_But_Its_Own_Server_And_The_Hub()
    {
        await _page.OpenAsync(_hub.Address);
        await _page.StartRunAsync();
        _story.TellSecond();
        _story.TellThird();
        await _page.ReadEndedRunAsync(EventTypes.Done);

        Assert.Equal(new[] { new Uri(_page.Origin).Authority, _hub.Address.Authority }.Order(), _page.Servers.Order());
    }

    private string[] Settings() => [.. _story.HubSettings, $"--Access:AllowedOrigins:0={_page.Origin}"];

    private async Task<RoomAdmission> JoinAsync(string code, HubProcess? hub = null)
    {
        using var client = (hub ?? _hub).CreateClient();
        using var answer = await client.PostAsJsonAsync("api/join", new { code, name = "Grace" }, CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RoomAdmission>(ProtocolJson.Options, CancellationToken))!;
    }

    private async Task<string> InviteAsync(RoomAdmission room)
    {
        using var host = _hub.CreateClient(room.Token);
        using var answer = await host.PostAsJsonAsync(
            $"api/rooms/{room.Room.Id}/invites", new { role = MemberRoles.Viewer }, CancellationToken);
        var invite = await answer.EnsureSuccessStatusCode()
            .Content.ReadFromJsonAsync<InviteCreated>(ProtocolJson.Options, CancellationToken);
        return invite!.Code;
    }

    /// <summary>Returns the text of the room's only run, read from its log.</summary>
    private async Task<string> TextOfAsync(RoomAdmission room, HubProcess? hub = null) =>
        string.Concat((await (hub ?? _hub).ReadEventsAsync(room))
            .Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString()));

    private T Keep<T>(T thing) where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    private sealed record Refusal(string Detail);
}
