using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Gateway.OpenAi;

public sealed class DoorModelsTests
{
    [Fact]
    public async Task Models_Are_The_Rooms_Agents_And_What_They_Use()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var empty = await host.GetAsync("/v1/models");
        foreach (var (id, model) in new[] { ("writer", "openrouter/gpt-5"), ("critic", "openrouter/gpt-5") })
            Assert.Equal(201, (await host.PutAsync($"{host.Path}/agents/{id}", new { name = id, model })).Status);

        var list = await host.GetAsync("/v1/models");
        var one = await host.GetAsync("/v1/models/openrouter/gpt-5");

        var created = host.Admission.Room.CreatedAt.ToUnixTimeSeconds();
        Assert.Equal(
            ["gpt-4.1"], empty.Json.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal("list", list.Json.GetProperty("object").GetString());
        Assert.Equal(
            [("agent/writer", "room"), ("agent/critic", "room"), ("openrouter/gpt-5", "upstream")],
            list.Json.GetProperty("data").EnumerateArray().Select(
                model => (model.GetProperty("id").GetString(), model.GetProperty("owned_by").GetString())));
        Assert.Equal(
            (200, "openrouter/gpt-5", "model", created),
            (one.Status, one.Json.GetProperty("id").GetString(), one.Json.GetProperty("object").GetString(),
                one.Json.GetProperty("created").GetInt64()));
        (await host.GetAsync("/v1/models/gpt-9")).IsError(404, "invalid_request_error", "not_found");
    }

    [Fact]
    public async Task Models_Of_The_Hubs_Upstreams_Are_Listed_With_Their_Upstreams()
    {
        await using var hub = HubUnderTest.Start(("Upstreams:lab:Kind", "ollama"), ("Upstreams:lab:Models", "llama3;qwen3"));
        var host = await hub.CreateRoomAsync();
        Assert.Equal(201, (await host.PutAsync($"{host.Path}/agents/writer", new { name = "Writer", model = "llama3" })).Status);

        var list = await host.GetAsync("/v1/models");

        Assert.Equal(
            [("agent/writer", "room"), ("llama3", "lab"), ("qwen3", "lab")],
            list.Json.GetProperty("data").EnumerateArray().Select(
                model => (model.GetProperty("id").GetString(), model.GetProperty("owned_by").GetString())));
    }

    [Fact]
    public async Task Models_Are_For_Those_Who_May_Start_Runs()
    {
        await using var hub = HubUnderTest.Start();
        var host = await hub.CreateRoomAsync();
        var viewer = await host.InviteAsync(MemberRoles.Viewer);

        (await hub.Anybody().GetAsync("/v1/models")).IsError(401, "authentication_error", "unauthenticated");
        (await viewer.GetAsync("/v1/models")).IsError(403, "permission_error", "forbidden");
    }
}
