using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class AgentsTests(StartedHub started) : IClassFixture<StartedHub>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agent_Is_Set_Seen_Started_And_Removed_And_Its_Secret_Is_Never_Seen()
    {
        using var hub = new HubClient(started.Hub.Address);
        var host = await hub.CreateRoomAsync("Biology", "Ada", CancellationToken);
        await using var watch = new Watch(host);

        var set = await host.SetAgentAsync(
            "poet",
            new SetAgentRequest
            {
                Name = "Poet",
                Model = "gpt-4o",
                MaxTokens = 30,
                Presets = [new AgentPreset("Rain", "A haiku about rain")],
                Secrets = new Dictionary<string, string?> { ["llm_api_key"] = "sk-of-the-agent" },
            },
            CancellationToken);
        var seen = (await watch.StateAsync(state => state.Agents.Count > 0)).FindAgent("poet")!;
        var run = await host.StartAgentAsync("poet", seen.Presets[0].Prompt, "once", CancellationToken);
        var again = await host.StartAgentAsync("poet", "A haiku about rain", "once", CancellationToken);
        var ended = await watch.RunAsync(run.Id, it => it.EndedAt is not null);
        await host.RemoveAgentAsync("poet", CancellationToken);
        await watch.StateAsync(state => state.Agents.Count == 0);

        Assert.Equal(["llm_api_key"], set.Secrets);
        Assert.Equal((set.Name, set.MaxTokens, set.Secrets[0]), (seen.Name, seen.MaxTokens, seen.Secrets[0]));
        Assert.Equal((run.Id, "poet"), (again.Id, again.Agent.Id));
        // The simulator obeys the agent's bound.
        Assert.Equal((EventTypes.Done, true), (ended.State, ended.Usage!.OutputTokens <= 30));
        var refused = await Assert.ThrowsAsync<HubClientException>(
            () => host.StartAgentAsync("poet", "A haiku", cancellationToken: CancellationToken));
        Assert.Equal((ErrorCodes.NotFound, true), (refused.Code, refused.IsFinal));
    }
}
