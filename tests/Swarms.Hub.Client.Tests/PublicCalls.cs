using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

/// <summary>Every public method that talks to the hub, found by reflection: a new one is tested without being named anywhere.</summary>
internal static class PublicCalls
{
    private static readonly Dictionary<string, MethodInfo> Methods = new[] { typeof(HubClient), typeof(RoomClient) }
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(IAsyncEnumerable<RoomUpdate>))
        .ToDictionary(NameOf);

    public static IEnumerable<string> Names => Methods.Keys;

    /// <summary>Lets a hub answer them all, but for watching.</summary>
    public static void AnswerAll(FakeHub hub)
    {
        var admission = new RoomAdmission { Room = Frames.Room, Member = Frames.Ada, Token = "t1" };
        var invite = new Invite { Id = "i", Role = MemberRoles.Viewer, ExpiresAt = default };
        hub.Answer("POST /api/rooms", admission);
        hub.Answer("POST /api/join", admission);
        hub.Answer(
            "GET /api/server", new ServerDescription("1", new UpstreamDescription(UpstreamKinds.Simulator, null), RoomCreators.Open));
        hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Frames.Snapshot(2), Frames.Ada));
        hub.Answer("PATCH /api/rooms/room1", Frames.Room);
        hub.Answer("DELETE /api/rooms/room1", "");
        hub.Answer("PATCH /api/rooms/room1/members/x", Frames.Ada);
        hub.Answer("DELETE /api/rooms/room1/members/x", new MemberBanned { Invites = [] });
        hub.Answer("DELETE /api/rooms/room1/members/m1", "");
        hub.Answer("POST /api/rooms/room1/invites", new InviteCreated { Invite = invite, Url = "u", Code = "c" });
        hub.Answer("GET /api/rooms/room1/invites", new InviteList { Invites = [invite] });
        hub.Answer("DELETE /api/rooms/room1/invites/x", "");
        var embed = new Embed { Id = "e", Run = "x", By = "m1", CreatedAt = default, ExpiresAt = default };
        hub.Answer("POST /api/rooms/room1/embeds", new EmbedCreated { Embed = embed, Token = "t" });
        hub.Answer("GET /api/rooms/room1/embeds", new EmbedList { Embeds = [embed] });
        hub.Answer("DELETE /api/rooms/room1/embeds/x", "");
        hub.Answer("GET /api/rooms/room1/bans", new BanList { Bans = [] });
        hub.Answer("DELETE /api/rooms/room1/bans/x", "");
        hub.Answer("POST /api/rooms/room1/programs", new ProgramCreated { Member = Frames.Ada, Token = "t" });
        hub.Answer("GET /api/rooms/room1/programs", new ProgramList { Programs = [] });
        hub.Answer("POST /api/rooms/room1/members/me/token", new TokenRenewed { Token = "t" });
        hub.Answer("POST /api/rooms/room1/members/me/return-link", new ReturnLinkCreated { Url = "u", ExpiresAt = default });
        hub.Answer("GET /api/rooms/room1/members/me/return-link", new OwnReturnLink());
        hub.Answer("DELETE /api/rooms/room1/members/me/return-link", "");
        hub.Answer("POST /api/return", admission);
        hub.Answer("POST /api/rooms/room1/members/x/hand-over", Frames.Ada);
        hub.Answer("GET /api/rooms/room1/models", new RoomModels([], IsOpen: true));
        hub.Answer("GET /api/rooms/room1/presence", new RoomWatching { Members = [] });
        hub.Answer("GET /api/rooms/room1/attendance", new RoomAttendance { Members = [], IsWhole = true });
        var room = new InvitedRoom { Name = "Biology" };
        hub.Answer(
            "POST /api/invites/look", new InviteLook { Room = room, Hosts = ["Ada"], Role = MemberRoles.Viewer, ExpiresAt = default });
        hub.Answer("POST /api/rooms/room1/messages", new MessageSaid { Sequence = 3 });
        hub.Answer("POST /api/rooms/room1/reactions", "");
        hub.Answer("POST /api/rooms/room1/reactions/take-back", "");
        hub.Answer("GET /api/rooms/room1/messages", new MessagePage { Messages = [] });
        hub.Answer("PATCH /api/rooms/room1/messages/2", "");
        hub.Answer("DELETE /api/rooms/room1/messages/2", "");
        hub.Answer("DELETE /api/rooms/room1/hands", "");
        hub.Answer("DELETE /api/rooms/room1/hands/x", "");
        hub.Answer("POST /api/rooms/room1/runs/x/hide", "");
        hub.Answer("POST /api/rooms/room1/runs/x/show", "");
        hub.Answer("DELETE /api/rooms/room1/runs/x", "");
        hub.Answer(
            "GET /api/rooms/room1/runs/x/passage",
            new RunPassage { Passage = new Passage("x", 1, 0, 1, 1), Start = 0, End = 1, Text = "x" });
        hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = Frames.DoneRun("") });
        hub.Answer("GET /api/rooms/room1/runs", new RunPage { Runs = [] });
        hub.Answer("GET /api/rooms/room1/runs/x", Frames.DoneRun(""));
        hub.Answer("POST /api/rooms/room1/runs/x/cancel", Frames.DoneRun(""));
        hub.Answer("POST /api/rooms/room1/runs/x/mask", "");
        hub.Answer("POST /api/rooms/room1/runs/x/release", "");
        var group = new RunGroup { Id = "x", StartedAt = default, Runs = ["x"], Votes = [] };
        hub.Answer("POST /api/rooms/room1/groups", group);
        hub.Answer("POST /api/rooms/room1/groups/x/reveal", group);
        hub.Answer("GET /api/rooms/room1/groups/x/vote", new OwnVote());
        hub.Answer("PUT /api/rooms/room1/groups/x/vote", "");
        hub.Answer("DELETE /api/rooms/room1/groups/x/vote", "");
        hub.Answer("GET /api/rooms/room1/events", new EventPage { Events = [], Cursor = "t:0" });
        hub.Answer("GET /api/rooms/room1/search", new SearchPage { Results = [], IsComplete = true });
        hub.Answer("GET /api/rooms/room1/transcript", "text");
        hub.Answer("GET /api/rooms/room1/runs/x/transcript", "text");
    }

    /// <summary>Begins the call; watching ends with its first update.</summary>
    public static Task Invoke(string name, HubClient hub, RoomClient room, CancellationToken cancellationToken)
    {
        var method = Methods[name];
        var arguments = method.GetParameters().Select(parameter => Argument(parameter.ParameterType, cancellationToken)).ToArray();
        object target = method.DeclaringType == typeof(HubClient) ? hub : room;
        return method.Invoke(target, arguments) switch
        {
            Task task => task,
            IAsyncEnumerable<RoomUpdate> updates => FirstAsync(updates),
            var other => throw new NotSupportedException($"{name} returns {other}."),
        };
    }

    private static async Task FirstAsync(IAsyncEnumerable<RoomUpdate> updates)
    {
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (update is SnapshotUpdate)
                break;
        }
    }

    private static object? Argument(Type type, CancellationToken cancellationToken) => type switch
    {
        _ when type == typeof(CancellationToken) => cancellationToken,
        _ when type == typeof(string) => "x",
        _ when type == typeof(Stream) => Stream.Null,
        _ when type == typeof(long) => 2L,
        _ when type == typeof(int) => 1,
        _ when type == typeof(long?) => null,
        _ when type == typeof(SayRequest) => new SayRequest { Text = "x" },
        _ when type == typeof(Passage) => new Passage("x", 1, 0, 1, 1),
        _ when type == typeof(int?) => null,
        _ when type == typeof(JsonObject) => new JsonObject { ["task"] = "t" },
        _ when type == typeof(Func<RoomBudget, RoomBudget?>) => new Func<RoomBudget, RoomBudget?>(budget => budget),
        _ when type == typeof(AgentTask) => new AgentTask("t", "a"),
        _ when type == typeof(StartRunRequest) => new StartRunRequest { Request = JsonSerializer.SerializeToElement(new { task = "t" }) },
        _ when type == typeof(RoomSearch) => new RoomSearch { Kind = SearchKinds.Run },
        _ when type == typeof(MessageInclusion) => new MessageInclusion(Since: 2),
        _ when type == typeof(StartGroupRequest) => new StartGroupRequest { Task = "t", Runs = [new GroupEntry { Agent = "a" }] },
        _ when type == typeof(CreateEmbedRequest) => new CreateEmbedRequest { Run = "x" },
        _ when type == typeof(CreateInviteRequest) => new CreateInviteRequest { Role = MemberRoles.Viewer },
        _ when type == typeof(CreateProgramRequest) => new CreateProgramRequest { Name = "Bot" },
        _ when type == typeof(RenewTokenRequest) => null,
        _ when type == typeof(CreateReturnLinkRequest) => null,
        _ when type == typeof(SetAgentRequest) => new SetAgentRequest { Name = "Writer", Model = "gpt-4o" },
        _ when type == typeof(ChangeMemberRequest) => new ChangeMemberRequest { Name = "Ada" },
        _ => throw new NotSupportedException($"Say here what to give where a {type} is wanted."),
    };

    private static string NameOf(MethodInfo method)
    {
        var parameters = method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken));
        return $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", parameters.Select(parameter => parameter.Name))})";
    }
}
