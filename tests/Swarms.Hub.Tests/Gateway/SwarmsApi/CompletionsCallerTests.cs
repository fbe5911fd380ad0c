using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

public sealed class CompletionsCallerTests
{
    [Fact]
    public async Task Room_Token_Never_Goes_Upstream_And_The_Upstreams_Key_Never_Comes_Back()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var token = scripted.Host.Token!;
        scripted.Upstream.Answer()
            .Header("X-RateLimit-Echo", ScriptedHub.ApiKey)
            .Body(Sse.Chunk($"The key is {ScriptedHub.ApiKey}.") + Sse.Done);
        scripted.Upstream.Answer(200, "application/json").Body($$"""{"outputs":"The key is {{ScriptedHub.ApiKey}}."}""");
        scripted.Upstream.Answer(401, "application/json").Body($$"""{"detail":"Unknown key {{ScriptedHub.ApiKey}}"}""");
        using var door = await scripted.OpenAsync();
        var told = new StringBuilder();
        foreach (var body in new[] { DoorCalls.Streamed, DoorCalls.NotStreamed, DoorCalls.NotStreamed })
        {
            var answer = await door.AskAsync(
                DoorCalls.Agent, token, body,
                ("Authorization", $"Bearer {token}"), ("Cookie", $"session={token}"), ("Proxy-Authorization", token),
                ("X-Forwarded-Authorization", token), ("Idempotency-Key", $"{token}{told.Length}"), ("Origin", "https://page.example"));
            told.AppendJoin('\n', answer.Headers.Values).Append(await answer.BodyAsync());
        }

        Assert.DoesNotContain(ScriptedHub.ApiKey, told.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, scripted.Upstream.Requests.Count);
        foreach (var request in scripted.Upstream.Requests)
        {
            Assert.Equal(ScriptedHub.ApiKey, request.Headers["x-api-key"]);
            Assert.Empty(
                request.Headers.Keys.Except(
                    ["Accept", "Content-Length", "Content-Type", "Host", "User-Agent", "x-api-key", "traceparent"],
                    StringComparer.OrdinalIgnoreCase));
            Assert.DoesNotContain(token, string.Join('\n', request.Headers.Values), StringComparison.Ordinal);
            Assert.DoesNotContain(token, Encoding.UTF8.GetString(request.Body.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_Reaches_The_Upstream_With_All_Its_Unknown_Fields()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer().Body(Sse.Done);
        using var door = await scripted.OpenAsync();

        const string Asked = """{"agent_config":{"agent_name":"W","streaming_on":true,"max_loops":3,"temperature":0.10,"new_field":"""
            + """ {"a":[1,null]}},"task":"Größe 🤖","history":[{"x":1e2}],"img":null}""";
        await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, Asked)).ChunksAsync();

        var sent = Assert.Single(scripted.Upstream.Requests).Json;
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Asked), sent), sent.GetRawText());
    }

    [Theory]
    [InlineData("x-api-key", "{0}")]
    [InlineData("X-API-Key", "{0}")]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer {0}")]
    public async Task Key_Is_A_Room_Token_In_Either_Header(string name, string form)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        scripted.Upstream.Answer(200, "application/json").Body("""{"outputs":"Once"}""");
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);

        var answer = await scripted.Hub.Anybody().PostTextAsync(
            DoorCalls.Agent,
            DoorCalls.NotStreamed,
            (name, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, bob.Token)));

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            (bob.Member, "Tell a story", "Writer"),
            await scripted.Host.FindAsync(answer.Headers["X-Run-Id"]) is var run ? (run.By, run.Task, run.Agent.Name) : default);
    }

    [Theory]
    [InlineData(DoorCalls.Agent)]
    [InlineData(DoorCalls.Swarm)]
    public async Task Viewers_May_Not_Start_Runs_And_Strangers_Are_Asked_Who_They_Are(string path)
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var viewer = await scripted.Host.InviteAsync(MemberRoles.Viewer);
        using var door = await scripted.OpenAsync();

        await (await door.AskAsync(path, viewer.Token!, DoorCalls.Streamed)).DetailAsync(403);
        foreach (var token in new[] { "", "x", "sk-1234", scripted.Host.Token![..^1], scripted.Host.Token + "A" })
        {
            var answer = await door.AskAsync(path, token, DoorCalls.Streamed);
            await answer.DetailAsync(401);
            Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
            Assert.DoesNotContain("X-Run-Id", answer.Headers.Keys);
        }

        (await scripted.Hub.Anybody().PostTextAsync(path, DoorCalls.Streamed)).IsDetail(401);
        Assert.Empty((await scripted.Host.GetAsync($"{scripted.Host.Path}/runs")).Json.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Token_That_Was_Revoked_Or_Whose_Room_Was_Deleted_Opens_Nothing()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var bob = await scripted.Host.InviteAsync(MemberRoles.Participant);
        await scripted.Host.DeleteAsync($"{scripted.Host.Path}/members/{bob.Member}");
        using var door = await scripted.OpenAsync();

        await (await door.AskAsync(DoorCalls.Agent, bob.Token!, DoorCalls.Streamed)).DetailAsync(401);
        await scripted.Host.DeleteAsync(scripted.Host.Path);
        await (await door.AskAsync(DoorCalls.Agent, scripted.Host.Token!, DoorCalls.Streamed)).DetailAsync(404);
    }

    [Fact]
    public async Task Cookie_Of_The_Page_Is_No_Key()
    {
        await using var scripted = await ScriptedHub.StartAsync();
        var created = await scripted.Hub.Anybody().PostAsync("/api/rooms", new { name = "Room", session = "cookie" });
        var cookie = created.Headers["Set-Cookie"].Split(';')[0];

        var answer = await scripted.Hub.Anybody().PostTextAsync(
            DoorCalls.Agent, DoorCalls.NotStreamed, ("Cookie", cookie), ("Origin", scripted.Hub.Address.GetLeftPart(UriPartial.Authority)));

        answer.IsDetail(401);
    }
}
