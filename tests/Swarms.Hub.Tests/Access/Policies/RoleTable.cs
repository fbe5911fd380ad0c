using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;

namespace Swarms.Hub.Access;

/// <summary>
/// Who may do what: PROTOCOL.md's table of roles, with every method of the hub and every call of the API's document. A stranger has a token
/// of another room, and nobody has none.
/// </summary>
internal static class RoleTable
{
    public const string Yes = "yes";
    public const string Stranger = "stranger";
    public const string Nobody = "nobody";

    public static readonly string[] Roles = [MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer, Stranger, Nobody];

    //                            host      participant viewer    stranger  nobody
    private const string Members = "yes       yes       yes       not_found unauthenticated";
    private const string Players = "yes       yes       forbidden not_found unauthenticated";
    private const string Hosts = "yes       forbidden forbidden not_found unauthenticated";
    private const string NoOne = "forbidden forbidden forbidden not_found unauthenticated";
    private const string Runners = "yes       yes       -         not_found unauthenticated";
    private const string Proposers = "-         yes       yes       not_found unauthenticated";
    private const string AtTheDoors = "yes       yes       forbidden yes       unauthenticated";
    private const string Tokens = "yes       yes       yes       yes       unauthenticated";
    private const string Anybody = "yes       yes       yes       yes       yes";
    private const string OfAHost = "not_found forbidden forbidden not_found unauthenticated";
    private const string NoMember = "not_found not_found not_found not_found unauthenticated";

    private static readonly object Quick = new { chunks = 1, chunksPerSecond = 0 };
    private static readonly object Request = new { agent_config = new { }, task = "Test", simulation = Quick };
    private static readonly object Other = new { name = "Team", task = "Test", tasks = new[] { "Test" }, simulation = Quick };
    private static readonly object Chat =
        new { model = "gpt-4.1", max_tokens = 2, messages = new[] { new { role = "user", content = "Test" } } };
    private static readonly object Start = new { kind = RunKinds.Agent, request = Request };
    private static readonly object StartGroup = new
    {
        task = "Test",
        runs = Enumerable.Repeat(new { request = new { agent_config = new { }, simulation = Quick } }, 2),
    };

    private static readonly object StartAgent = new { agent = "writer", task = "Test" };

    public static readonly IReadOnlyList<RoleAct> Acts =
    [
        .. Reading(), .. Talking(), .. Running(), .. Proposing(), .. Ruling(), .. BeingThere(),
    ];

    public static RoleAct Find(string name) => Acts.Single(act => act.Name == name);

    private static RoleAct[] Reading() =>
    [
        Row("watch", Members, Hub("WatchRoom"), Http("GET /api/rooms/{room}"), Http("GET /api/rooms/{room}/events")),
        Row("read", Members, Http("GET /api/rooms/{room}/messages"), Http("GET /api/rooms/{room}/runs", "?q=story"),
            Http("GET /api/rooms/{room}/search", "?q=story"), Http("GET /api/rooms/{room}/transcript"),
            Http("GET /api/rooms/{room}/models")),
        Row("read a run", Members, room => room.FinishAsync(), Http("GET /api/rooms/{room}/runs/{run}"),
            Http("GET /api/rooms/{room}/runs/{run}/passage", "?start=0&end=1"), Http("GET /api/rooms/{room}/runs/{run}/transcript")),
        Row("see who follows", Hosts, Http("GET /api/rooms/{room}/presence"), Http("GET /api/rooms/{room}/attendance")),
    ];

    private static RoleAct[] Talking() =>
    [
        Row("say", Members, Hub("Say", _ => ["hello"]), Hub("SayWith", _ => [new { text = "hello" }]),
            Http("POST /api/rooms/{room}/messages", _ => new { text = "hello" })),
        Row("edit an own message", Members, room => room.SayOwnAsync(), Hub("EditMessage", room => [room.Message, "bye"]),
            Http("PATCH /api/rooms/{room}/messages/{sequence}", _ => new { text = "bye" })),
        Row("edit another's message", NoOne, room => room.SayAnothersAsync(), Hub("EditMessage", room => [room.Message, "bye"]),
            Http("PATCH /api/rooms/{room}/messages/{sequence}", _ => new { text = "bye" })),
        Row("take an own message back", Members, room => room.SayOwnAsync(), Hub("RemoveMessage", room => [room.Message]),
            Http("DELETE /api/rooms/{room}/messages/{sequence}")),
        Row("remove another's message", Hosts, room => room.SayAnothersAsync(), Hub("RemoveMessage", room => [room.Message]),
            Http("DELETE /api/rooms/{room}/messages/{sequence}")),
        Row("react", Members, Hub("React", _ => [1, "👍"]), Hub("ReactWith", _ => [new { target = 1, emoji = "👍" }]),
            Http("POST /api/rooms/{room}/reactions", _ => new { target = 1, emoji = "👍" })),
        Row("take a reaction back", Members, room => room.ReactAsync(), Hub("Unreact", _ => [new { target = 1, emoji = "👍" }]),
            Http("POST /api/rooms/{room}/reactions/take-back", _ => new { target = 1, emoji = "👍" })),
        Row("raise a hand", Members, Hub("RaiseHand"), Http("PUT /api/rooms/{room}/hands/me")),
        Row("lower the own hand", Members, room => room.RaiseOwnAsync(), Hub("LowerHand"), Hub("LowerHandOf", room => [room.Target]),
            Http("DELETE /api/rooms/{room}/hands/me"), Http("DELETE /api/rooms/{room}/hands/{member}")),
        Row("lower another's hand", Hosts, room => room.RaiseAnothersAsync(), Hub("LowerHandOf", room => [room.Target]),
            Http("DELETE /api/rooms/{room}/hands/{member}")),
        Row("lower all hands", Hosts, room => room.RaiseAnothersAsync(), Hub("LowerAllHands"), Http("DELETE /api/rooms/{room}/hands")),
    ];

    private static RoleAct[] Running() =>
    [
        Row("start a run", Players, Hub("StartRun", _ => [Start]), Http("POST /api/rooms/{room}/runs", _ => Start)),
        Row("start an agent", Players, room => room.AddAgentAsync(), Hub("StartRun", _ => [StartAgent]),
            Http("POST /api/rooms/{room}/runs", _ => StartAgent)),
        Row("start a group", Players, Hub("StartGroup", _ => [StartGroup]), Http("POST /api/rooms/{room}/groups", _ => StartGroup)),
        Row("vote", Members, room => room.RaceAsync(), Hub("VoteForRun", room => [room.Run]),
            Http("PUT /api/rooms/{room}/groups/{group}/vote", room => new { run = room.Run })),
        Row("read the own vote", Members, room => room.VoteAsync(), Http("GET /api/rooms/{room}/groups/{group}/vote")),
        Row("take a vote back", Members, room => room.VoteAsync(), Hub("TakeBackVote", room => [room.Group]),
            Http("DELETE /api/rooms/{room}/groups/{group}/vote")),
        Row("reveal a group", Hosts, room => room.RaceAsync(), Hub("RevealGroup", room => [room.Group]),
            Http("POST /api/rooms/{room}/groups/{group}/reveal")),
        Row("start at a Swarms door", AtTheDoors, Http("POST /v1/agent/completions", _ => Request),
            Http("POST /v1/swarm/completions", _ => new { name = "Team", task = "Test", simulation = Quick })),
        Row("start at the chat door", AtTheDoors, Http("POST /v1/chat/completions", _ => Chat)),
        Row("start another call at a Swarms door", AtTheDoors, Http("POST /v1/reasoning-agent/completions", _ => Other),
            Http("POST /v1/graph-workflow/completions", _ => Other), Http("POST /v1/batched-grid-workflow/completions", _ => Other),
            Http("POST /v1/auto-swarm-builder/completions", _ => Other), Http("POST /v1/advanced-research/completions", _ => Other)),
        Row("start a batch at a Swarms door", AtTheDoors, Http("POST /v1/agent/batch/completions", _ => new[] { Request }),
            Http("POST /v1/swarm/batch/completions", _ => new[] { Other }),
            Http("POST /v1/advanced-research/batch/completions", _ => new { input_schemas = new[] { Other } })),
        Row("read the lists at a Swarms door", AtTheDoors, Http("GET /v1/models/available"), Http("GET /v1/agents/list"),
            Http("GET /v1/swarms/available"), Http("GET /v1/tools/available"), Http("GET /v1/reasoning-agent/types"),
            Http("GET /v1/auto-swarm-builder/execution-types"), Http("GET /v1/rate/limits"), Http("GET /v1/usage/costs")),
        Row("list the models at the door", AtTheDoors, Http("GET /v1/models"), Http("GET /v1/models/{model}")),
        Row("cancel an own run", Runners, room => room.RunOwnAsync(), Hub("CancelRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/cancel")),
        Row("cancel another's run", Hosts, room => room.RunAnothersAsync(), Hub("CancelRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/cancel")),
        Row("hide a run", Hosts, room => room.FinishAsync(), Hub("HideRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/hide")),
        Row("show a run", Hosts, room => room.HideAsync(), Hub("ShowRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/show")),
        Row("remove a run", Hosts, room => room.FinishAsync(), Hub("RemoveRun", room => [room.Run]),
            Http("DELETE /api/rooms/{room}/runs/{run}")),
        Row("mask held text", Hosts, room => room.HoldAsync(), Hub("MaskRun", room => [room.Run, 0, 1]),
            Http("POST /api/rooms/{room}/runs/{run}/mask", _ => new { start = 0, end = 1 })),
        Row("release held text", Hosts, room => room.HoldAsync(), Hub("ReleaseRun", room => [room.Run, null]),
            Http("POST /api/rooms/{room}/runs/{run}/release", _ => new { })),
        Row("set an agent", Hosts, Http("PUT /api/rooms/{room}/agents/{agent}", _ => AgentCalls.Writer())),
        Row("remove an agent", Hosts, room => room.AddAgentAsync(), Http("DELETE /api/rooms/{room}/agents/{agent}")),
    ];

    private static RoleAct[] Proposing() =>
    [
        Row("propose a run", Members, room => room.ModerateAsync(), Hub("StartRun", _ => [Start]),
            Http("POST /api/rooms/{room}/runs", _ => Start)),
        Row("withdraw an own proposal", Proposers, room => room.ProposeOwnAsync(), Hub("CancelRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/cancel")),
        Row("withdraw another's proposal", Hosts, room => room.ProposeAnothersAsync(), Hub("CancelRun", room => [room.Run]),
            Http("POST /api/rooms/{room}/runs/{run}/cancel")),
        Row("support a proposal", Members, room => room.ProposeAnothersAsync(), Hub("SupportRun", room => [room.Run]),
            Http("PUT /api/rooms/{room}/runs/{run}/support")),
        Row("take support back", Members, room => room.SupportAsync(), Hub("UnsupportRun", room => [room.Run]),
            Http("DELETE /api/rooms/{room}/runs/{run}/support")),
        Row("approve a proposal", Hosts, room => room.ProposeAnothersAsync(), Hub("ApproveRun", room => [room.Run, null]),
            Http("POST /api/rooms/{room}/runs/{run}/approve", _ => new { })),
        Row("decline a proposal", Hosts, room => room.ProposeAnothersAsync(), Hub("DeclineRun", room => [room.Run, null]),
            Http("POST /api/rooms/{room}/runs/{run}/decline", _ => new { })),
        Row("place a proposal", Hosts, room => room.ProposeAnothersAsync(), Hub("PlaceRun", room => [room.Run, null]),
            Http("POST /api/rooms/{room}/runs/{run}/place", _ => new { })),
    ];

    private static RoleAct[] Ruling() =>
    [
        Row("change the room", Hosts, Http("PATCH /api/rooms/{room}", _ => new { name = "Chemistry" })),
        Row("change settings", Hosts, Http("PATCH /api/rooms/{room}", _ => new { settings = new { retentionSeconds = 7_200 } })),
        Row("delete the room", Hosts, Http("DELETE /api/rooms/{room}")),
        Row("invite", Hosts, Http("POST /api/rooms/{room}/invites", _ => new { role = MemberRoles.Viewer }),
            Http("GET /api/rooms/{room}/invites")),
        Row("take an invite back", Hosts, room => room.InviteAsync(), Http("DELETE /api/rooms/{room}/invites/{invite}")),
        Row("change a role", Hosts, room => room.MeetAsync(),
            Http("PATCH /api/rooms/{room}/members/{member}", _ => new { role = MemberRoles.Viewer })),
        Row("change the own role", Hosts, Http("PATCH /api/rooms/{room}/members/{member}", _ => new { role = MemberRoles.Host })),
        Row("rename another", Hosts, room => room.MeetAsync(),
            Http("PATCH /api/rooms/{room}/members/{member}", _ => new { name = "Robert" })),
        Row("hand over", Hosts, room => room.MeetAsync(), Http("POST /api/rooms/{room}/members/{member}/hand-over")),
        Row("remove a member", Hosts, room => room.MeetAsync(), Http("DELETE /api/rooms/{room}/members/{member}")),
        Row("ban a member", Hosts, room => room.MeetAsync(), Http("DELETE /api/rooms/{room}/members/{member}", "?ban=true")),
        Row("list bans", Hosts, Http("GET /api/rooms/{room}/bans")),
        // There is none.
        Row("lift a ban", OfAHost, Http("DELETE /api/rooms/{room}/bans/{ban}")),
        Row("admit a program", Hosts, Http("POST /api/rooms/{room}/programs", _ => new { name = "Bot" })),
        Row("list programs", Hosts, Http("GET /api/rooms/{room}/programs")),
        Row("embed a run", Hosts, room => room.FinishAsync(), Http("POST /api/rooms/{room}/embeds", room => new { run = room.Run }),
            Http("GET /api/rooms/{room}/embeds")),
        // There is none.
        Row("take an embed back", OfAHost, Http("DELETE /api/rooms/{room}/embeds/{embed}")),
        // It takes the token of an embed.
        Row("read an embed", NoMember, room => room.FinishAsync(), Http("GET /api/embed/{run}")),
        Row("make a return link", Hosts, Http("POST /api/rooms/{room}/members/me/return-link", _ => new { }),
            Http("GET /api/rooms/{room}/members/me/return-link")),
        Row("revoke the return link", Hosts, room => room.LinkAsync(), Http("DELETE /api/rooms/{room}/members/me/return-link")),
    ];

    private static RoleAct[] BeingThere() =>
    [
        Row("rename oneself", Members, Http("PATCH /api/rooms/{room}/members/{member}", _ => new { name = "Robert" })),
        Row("leave", Members, Http("DELETE /api/rooms/{room}/members/{member}")),
        Row("exchange the own token", Members, Http("POST /api/rooms/{room}/members/me/token", _ => new { })),
        Row("doubt the connection", Tokens, new RoleDoor.Method("Ping", _ => [])),
        Row("ask for a ticket", Tokens, Http("POST /api/tickets")),
        Row("create a room", Anybody, Http("POST /api/rooms", _ => new { name = "Biology", memberName = "Zoe" })),
        Row("look at an invite", Anybody, room => room.InviteAsync(), Http("POST /api/invites/look", room => new { invite = room.Secret })),
        Row("join", Anybody, room => room.InviteAsync(), Http("POST /api/join", room => new { invite = room.Secret, name = "Zoe" })),
        Row("return", Anybody, room => room.LinkAsync(), Http("POST /api/return", room => new { secret = room.Secret })),
        Row("ask what the hub is", Anybody, Http("GET /api/server")),
    ];

    private static RoleAct Row(string name, string outcomes, params RoleDoor[] doors) =>
        new(name, string.Join(' ', outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries)), doors);

    private static RoleAct Row(string name, string outcomes, Func<RoleRoom, Task> prepare, params RoleDoor[] doors) =>
        Row(name, outcomes, doors) with { Prepare = prepare };

    private static RoleDoor.Method Hub(string name, Func<RoleRoom, object?[]>? arguments = null) =>
        new(name, room => [room.Room, .. arguments?.Invoke(room) ?? []]);

    private static RoleDoor.Http Http(string name, Func<RoleRoom, object?>? body = null) => new(name, body ?? (_ => null), "");

    private static RoleDoor.Http Http(string name, string query) => new(name, _ => null, query);
}
