using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests;

public sealed class HubClientTests : IAsyncLifetime
{
    private readonly HubClientOptions _options = new();
    private FakeHub _hub = null!;
    private HubClient? _client;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private HubClient Client => _client ??= new HubClient(_hub.Address, _options);

    private RoomClient Room => Client.OpenRoom("room/1", "token1");

    public async ValueTask InitializeAsync() => _hub = await FakeHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Room_Is_Created_With_The_Operators_Key_And_Used_With_The_Members_Token()
    {
        _options.OperatorKey = "key";
        _hub.Answer("POST /api/rooms", new RoomAdmission { Room = Room_, Member = Ada, Token = "t1" }, 201);
        _hub.Answer("POST /api/rooms/room1/messages", new MessageSaid { Sequence = 7 }, 201);

        var room = await Client.CreateRoomAsync("Biology", "Ada", CancellationToken);
        var sequence = await room.SayAsync("Hello", CancellationToken);

        Assert.Equal(("room1", "t1", Ada, 7), (room.Id, room.Token, room.Member, sequence));
        Assert.Equal(["Bearer key", "Bearer t1"], _hub.Calls.Select(call => call.Authorization));
        Assert.Equal(["Biology", "Ada"], Fields(_hub.Calls.First().Body, "name", "memberName"));
    }

    [Theory]
    [InlineData("http://hub.example/join#secret-secret-secret", "secret-secret-secret", null)]
    [InlineData(" secret-secret-secret ", "secret-secret-secret", null)]
    [InlineData("ABCD-2345", null, "ABCD-2345")]
    public async Task Room_Is_Joined_By_Link_Secret_Or_Code(string invite, string? secret, string? code)
    {
        _hub.Answer("POST /api/join", new RoomAdmission { Room = Room_, Member = Ada, Token = "t1" });

        await Client.JoinAsync(invite, "Bob", CancellationToken);

        var call = Assert.Single(_hub.Calls);
        Assert.Null(call.Authorization);
        Assert.Equal([secret, code, "Bob"], Fields(call.Body, "invite", "code", "name"));
    }

    [Fact]
    public async Task Member_Joins_Again_With_Its_Token_And_Keeps_It()
    {
        _hub.Answer("POST /api/join", new RoomAdmission { Room = Room_, Member = Ada, Token = "t1" });

        var room = await Client.RejoinAsync("ABCD-2345", "t1", CancellationToken);

        var call = Assert.Single(_hub.Calls);
        Assert.Equal(("Bearer t1", "t1"), (call.Authorization, room.Token));
        Assert.Equal(["ABCD-2345", null], Fields(call.Body, "code", "name"));
    }

    [Fact]
    public async Task Taken_Name_Is_Refused_With_A_Free_One()
    {
        var problem = new { status = 409, code = "conflict", detail = "Taken.", suggestion = "Ada 2" };
        _hub.Answer("POST /api/join", problem, 409);

        var refusal = await Assert.ThrowsAsync<HubClientException>(() => Client.JoinAsync("ABCD-2345", "Ada", CancellationToken));

        Assert.Equal((ErrorCodes.Conflict, "Ada 2"), (refusal.Code, refusal.Suggestion));
    }

    [Theory]
    [InlineData("http://hub.example/join#secret-secret-secret", "secret-secret-secret", null)]
    [InlineData("ABCD-2345", null, "ABCD-2345")]
    public async Task Invite_Is_Looked_At_By_Link_Or_Code(string invite, string? secret, string? code)
    {
        var answer = new InviteLook { Room = new InvitedRoom { Name = "Biology" }, Hosts = ["Ada"], Role = "viewer", ExpiresAt = default };
        _hub.Answer("POST /api/invites/look", answer);

        var look = await Client.LookAtInviteAsync(invite, CancellationToken);

        Assert.Equal(("Biology", "Ada", "viewer", null), (look.Room.Name, Assert.Single(look.Hosts), look.Role, look.Member));
        Assert.Equal([secret, code], Fields(Assert.Single(_hub.Calls).Body, "invite", "code"));
    }

    [Fact]
    public async Task Start_That_May_Not_Have_Arrived_Is_Repeated_With_The_Same_Key()
    {
        var failures = 2;
        _hub.Answer("POST /api/rooms/room%2F1/runs", async context =>
        {
            if (failures-- > 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = 202;
            await context.Response.WriteAsJsonAsync(new { run = DoneRun("") }, ProtocolJson.Options, CancellationToken);
        });

        var run = await Room.StartRunAsync(new AgentTask("Tell", "Teller") { Model = "m" }, CancellationToken);

        Assert.Equal("r1", run.Id);
        var bodies = _hub.Calls.Select(call => call.Body).ToList();
        Assert.Equal(3, bodies.Count);
        Assert.Single(bodies.Distinct());
        using var body = JsonDocument.Parse(bodies[0]);
        Assert.Equal(
            """{"agent_config":{"agent_name":"Teller","model_name":"m"},"task":"Tell"}""",
            body.RootElement.GetProperty("request").GetRawText());
        Assert.Equal("agent", body.RootElement.GetProperty("kind").GetString());
        Assert.Matches("^[0-9a-f]{32}$", body.RootElement.GetProperty("idempotencyKey").GetString());
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("3600", 5)]
    public async Task Call_That_A_Starting_Hub_Did_Not_Take_Is_Repeated_After_What_It_Asks_For_Or_The_Longest_Pause(
        string retryAfter, int seconds)
    {
        var time = new FakeTimeProvider();
        _options.TimeProvider = time;
        var calls = new List<DateTimeOffset>();
        _hub.Answer("POST /api/rooms/room%2F1/runs", context =>
        {
            calls.Add(time.GetUtcNow());
            if (calls.Count == 3)
                return context.Response.WriteAsJsonAsync(new { run = DoneRun("") }, ProtocolJson.Options, CancellationToken);

            context.Response.Headers.RetryAfter = retryAfter;
            return RefuseAsStartingAsync(context);
        });

        var start = Room.StartRunAsync(new AgentTask("t", "a"), CancellationToken);
        await RoomClientTestBase.AdvanceUntilAsync(time, TimeSpan.FromMilliseconds(100), start);

        Assert.Equal("r1", (await start).Id);
        Assert.All(
            calls.Zip(calls.Skip(1), (before, after) => after - before),
            pause => Assert.InRange(pause, TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Message_That_A_Starting_Hub_Did_Not_Take_Is_Not_Repeated()
    {
        _hub.Answer("POST /api/rooms/room%2F1/messages", RefuseAsStartingAsync);

        var error = await Assert.ThrowsAsync<HubClientException>(() => Room.SayAsync("Hello", CancellationToken));

        Assert.Equal((ErrorCodes.Starting, false), (error.Code, error.IsFinal));
        Assert.Single(_hub.Calls);
    }

    [Fact]
    public async Task Message_That_May_Not_Have_Arrived_Is_Not_Repeated()
    {
        _hub.Answer("POST /api/rooms/room%2F1/messages", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var error = await Assert.ThrowsAsync<HubClientException>(() => Room.SayAsync("Hello", CancellationToken));

        Assert.Equal(HubClientException.HubUnreachable, error.Code);
        Assert.Single(_hub.Calls);
    }

    [Fact]
    public async Task Refusal_Has_The_Hubs_Code_Sentence_And_Patience()
    {
        _hub.Answer("POST /api/rooms/room%2F1/messages", context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsJsonAsync(
                new { code = "rate_limited", title = "Too many", detail = "20 messages in a minute." },
                options: null, "application/problem+json", CancellationToken);
        });

        var error = await Assert.ThrowsAsync<HubClientException>(() => Room.SayAsync("Hello", CancellationToken));

        Assert.Equal(
            (ErrorCodes.RateLimited, "20 messages in a minute.", TimeSpan.FromSeconds(7)), (error.Code, error.Message, error.RetryAfter));
    }

    [Theory]
    [InlineData("Thu, 26 Nov 2026 12:00:10 GMT", "Thu, 26 Nov 2026 12:00:00 GMT", 10)]
    [InlineData("Thu, 26 Nov 2026 11:00:00 GMT", "Thu, 26 Nov 2026 12:00:00 GMT", 0)]
    public async Task Pause_That_Is_Given_As_A_Date_Is_Counted_From_The_Answers_Own(string retryAfter, string date, int seconds)
    {
        _hub.Answer("POST /api/rooms/room%2F1/messages", context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.Headers.Date = date;
            return RefuseAsStartingAsync(context);
        });

        var error = await Assert.ThrowsAsync<HubClientException>(() => Room.SayAsync("Hello", CancellationToken));

        Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
    }

    public static TheoryData<string> Codes => [.. Endings.All.Select(ending => ending.Code), "a_code_of_later"];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Refused_Call_Is_Repeated_Where_The_Table_Of_Endings_Says_To_Come_Back(string code)
    {
        var time = new FakeTimeProvider();
        _options.TimeProvider = time;
        _hub.Refuse("POST /api/rooms/room%2F1/runs", Endings.Find(code)?.HttpStatus ?? 500, code, "No.");

        var start = Room.StartRunAsync(new AgentTask("t", "a"), CancellationToken);
        var ended = start.ContinueWith(_ => { }, CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        await RoomClientTestBase.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), ended);

        Assert.Equal(code, (await Assert.ThrowsAsync<HubClientException>(() => start)).Code);
        Assert.Equal(Endings.ComeBackAfter(code) == ComeBack.No ? 1 : 4, _hub.Calls.Count);
    }

    [Theory]
    [InlineData(200, "<html>Welcome</html>", "is no hub's")]
    [InlineData(200, "", "is no hub's")]
    [InlineData(200, "null", "is no hub's")]
    [InlineData(404, "<html>Nothing here</html>", "status 404")]
    [InlineData(502, "", "status 502")]
    public async Task Answer_Of_Something_That_Is_No_Hub_Is_Called_So(int status, string body, string sentence)
    {
        _hub.Answer("GET /api/server", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, CancellationToken);
        });

        var error = await Assert.ThrowsAsync<HubClientException>(() => Client.GetServerAsync(CancellationToken));

        Assert.Equal(HubClientException.HubUnreachable, error.Code);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_That_Is_Not_There_Is_Unreachable()
    {
        _ = Client;
        await _hub.DieAsync();

        var error = await Assert.ThrowsAsync<HubClientException>(() => Client.GetServerAsync(CancellationToken));

        Assert.Equal(HubClientException.HubUnreachable, error.Code);
    }

    [Fact]
    public async Task Ids_And_Queries_Are_Escaped()
    {
        _hub.Answer("GET /api/rooms/room%2F1/runs", new RunPage { Runs = [], Next = "n" });
        _hub.Answer("GET /api/rooms/room%2F1/runs/a%20b/transcript", "text");

        var page = await Room.ListRunsAsync("a&b", limit: 5, cancellationToken: CancellationToken);
        await Room.GetTranscriptAsync(TranscriptFormats.Text, "a b", cancellationToken: CancellationToken);

        Assert.Equal("n", page.Next);
        Assert.Equal(["?q=a%26b&limit=5", "?format=txt"], _hub.Calls.Select(call => call.Query));
    }

    [Theory]
    [InlineData("ftp://hub.example")]
    [InlineData("/hub")]
    public void Address_That_Is_Not_Of_The_Web_Is_Refused(string address) =>
        Assert.Throws<ArgumentException>(() => new HubClient(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public async Task Hub_Under_A_Path_Is_Called_Under_That_Path()
    {
        _hub.Answer("GET /base/api/server", new ServerDescription("1", new UpstreamDescription("simulator", null), "open"));
        using var client = new HubClient(new Uri(_hub.Address, "/base"));

        Assert.Equal("simulator", (await client.GetServerAsync(CancellationToken)).Upstream.Kind);
    }

    private static Task RefuseAsStartingAsync(HttpContext context)
    {
        context.Response.StatusCode = 503;
        return context.Response.WriteAsJsonAsync(new { code = "starting", detail = "The hub is starting." }, CancellationToken);
    }

    private static Room Room_ => Frames.Room;

    private static IEnumerable<string?> Fields(string body, params string[] names)
    {
        using var document = JsonDocument.Parse(body);
        return [.. names.Select(name => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : "missing")];
    }
}
