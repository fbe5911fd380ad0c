using System.Net.Http.Json;
using Microsoft.Playwright;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;
using static Microsoft.Playwright.Assertions;
using static Swarms.Hub.Testing.ScriptedStory;

namespace Swarms.Hub.Packages;

/// <summary>A Blazor WebAssembly program that has the client from the feed, published, in Chromium.</summary>
public sealed class BlazorProgramTests(PackageFeed feed) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _things = [];
    private ScriptedStory _story = null!;
    private BlazorPage _page = null!;
    private HubProcess _hub = null!;
    private CuttableNetwork _network = null!;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private ILocator Run => _page.Page.Locator("pre");

    private ILocator Status => _page.Page.Locator("p");

    public async ValueTask InitializeAsync()
    {
        // A page that lost its network waits up to five seconds between two attempts, and this machine may be busy.
        SetDefaultExpectTimeout(60_000);
        var project = $"""
            <Project Sdk="Microsoft.NET.Sdk.BlazorWebAssembly">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RootNamespace>BlazorProgram</RootNamespace>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <BlazorEnableCompression>false</BlazorEnableCompression>
                <CompressionEnabled>false</CompressionEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.AspNetCore.Components.WebAssembly" Version="10.0.15" />
                <PackageReference Include="Swarms.Hub.Client" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """;
        var sources = Path.Combine(PackageFeed.Sources, "Programs", "Blazor");
        var folder = await feed.BuildAsync("blazor", project, sources, "publish", "--configuration", "Release", "--output", "out");
        _story = Keep(await ScriptedStory.StartAsync());
        _page = Keep(await BlazorPage.ServeAsync(Path.Combine(folder, "out", "wwwroot")));
        _hub = Keep(await HubProcess.StartNewAsync([.. _story.HubSettings, $"--Access:AllowedOrigins:0={_page.Origin}"]));
        _network = Keep(new CuttableNetwork(_hub.Address));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
    }

    [Fact]
    public async Task Page_Joins_A_Room_And_Shows_A_Run_To_Its_End_Through_A_Cut_Of_The_Network()
    {
        var room = await _hub.CreateRoomAsync();
        await _page.OpenAsync(_network.Address, await InviteAsync(room));
        await ShowsAsync(Status, "Live by WebSockets");

        await _hub.StartRunAsync(room, new { });
        await ShowsAsync(Run, First);
        _network.Cut();
        _story.TellSecond();
        await Expect(Status).Not.ToHaveTextAsync("Live by WebSockets");
        _network.Mend();
        await ShowsAsync(Run, First + Second);
        _story.TellThird();
        await Expect(Run).ToHaveAttributeAsync("data-state", EventTypes.Done);

        await ShowsAsync(Run, First + Second + Third);
        await Expect(_page.Page.Locator("li")).ToHaveTextAsync(["SnapshotUpdate", "ResumedUpdate"]);
        Assert.All(_page.Sockets, socket => Assert.Contains("access_token=", socket.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_With_A_Wrong_Invite_Shows_The_Reason()
    {
        using var client = _hub.CreateClient();
        using var refusal = await client.PostAsJsonAsync("api/join", new { code = "ABC-DEF-GHJ", name = "Ada" }, CancellationToken);
        var reason = await refusal.Content.ReadFromJsonAsync<Refusal>(CancellationToken);

        await _page.OpenAsync(_hub.Address, "ABC-DEF-GHJ");

        await ShowsAsync(Status, reason!.Detail);
    }

    [Fact]
    public async Task Page_Whose_Hub_Is_Not_There_Says_So()
    {
        var gone = new CuttableNetwork(_hub.Address);
        await gone.DisposeAsync();

        await _page.OpenAsync(gone.Address, "ABC-DEF-GHJ");

        await Expect(Status).ToContainTextAsync("cannot be reached");
    }

    private async Task ShowsAsync(ILocator where, string text)
    {
        try
        {
            await Expect(where).ToHaveTextAsync(text);
        }
        catch (PlaywrightException e)
        {
            throw new InvalidOperationException($"{e.Message}\nThe browser's console:\n{string.Join('\n', _page.Lines)}", e);
        }
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

    private T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        _things.Add(thing);
        return thing;
    }

    private sealed record Refusal(string Detail);
}
