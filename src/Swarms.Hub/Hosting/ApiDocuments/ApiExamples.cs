using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>Examples of requests and of the main answers, one for each type. Lint compares them with their schemas.</summary>
internal static class ApiExamples
{
    public const string Frames =
        "Server-sent events: `id` is the cursor, `event` the type, `data` one event as JSON. The first is `snapshot` or `resumed` with the "
        + "frame as its data; `storage` comes in the same way. A `ping` fills each silence. A feed that the hub ends has a last event "
        + "`closed` with a code and a message. `Last-Event-ID` resumes.";

    public const string DoorFrames =
        "Server-sent events in the Swarms API's own form, each relayed once its event is stored. Comments fill silences. A stream that the "
        + "hub ends has `event: error` as its last frame.";

    public const string ChatFrames =
        "Server-sent events in OpenAI's form: `data` is one `chat.completion.chunk` as JSON, each after its event is stored, and `[DONE]` "
        + "at the end. Comments fill silences. A stream that fails has an `error` as its last frame.";

    private const string Room = """{ "id": "r1", "name": "Physics", "createdAt": "2026-11-27T09:00:00.000Z" }""";

    private const string Member =
        """{ "id": "m1", "name": "Ada", "role": "host", "joinedAt": "2026-11-27T09:00:00.000Z", "handRaised": false }""";

    private const string Run =
        """
        {
          "id": "u1", "kind": "agent", "agent": { "name": "Poet", "model": "gpt-4o-mini" }, "by": "m1", "task": "Explain entropy.",
          "state": "running", "queuedAt": "2026-11-27T09:01:00.000Z"
        }
        """;

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(CreateRoomRequest)] = """{ "name": "Physics", "memberName": "Ada" }""",
        [typeof(ChangeRoomRequest)] = """{ "name": "Physics, Tuesday", "settings": { "moderated": true } }""",
        [typeof(CreateInviteRequest)] = """{ "role": "participant", "maxUses": 30, "expiresInSeconds": 3600 }""",
        [typeof(JoinRequest)] = """{ "code": "ABCD-EFGH-JKLM", "name": "Grace" }""",
        [typeof(LookAtInviteRequest)] = """{ "code": "ABCD-EFGH-JKLM" }""",
        [typeof(ReturnRequest)] = """{ "secret": "…" }""",
        [typeof(CreateProgramRequest)] = """{ "name": "Grader", "role": "participant" }""",
        [typeof(ChangeMemberRequest)] = """{ "role": "participant" }""",
        [typeof(SayRequest)] = """{ "text": "Why does the melt look smooth?" }""",
        [typeof(EditMessageRequest)] = """{ "text": "Why does the ice melt?" }""",
        [typeof(ReactRequest)] = """{ "target": 12, "emoji": "👍" }""",
        [typeof(SetAgentRequest)] = """{ "name": "Poet", "model": "gpt-4o-mini", "systemPrompt": "You answer in verse." }""",
        [typeof(StartRunRequest)] =
            """{ "request": { "agent_config": { "agent_name": "Poet", "model_name": "gpt-4o-mini" }, "task": "Explain entropy." } }""",
        [typeof(StartGroupRequest)] = """{ "task": "Explain entropy.", "runs": [{ "agent": "poet" }, { "agent": "critic" }] }""",
        [typeof(VoteRequest)] = """{ "run": "u1" }""",
        [typeof(ApproveRunRequest)] = """{ "task": "Explain entropy briefly." }""",
        [typeof(DeclineRunRequest)] = """{ "reason": "We had this one." }""",
        [typeof(PlaceRunRequest)] = """{ "before": "u2" }""",
        [typeof(MaskRunRequest)] = """{ "start": 10, "end": 24 }""",
        [typeof(ReleaseRunRequest)] = """{ "to": 200 }""",
        [typeof(Room)] = Room,
        [typeof(Member)] = Member,
        [typeof(RoomAdmission)] = $$"""{ "room": {{Room}}, "member": {{Member}}, "token": "…" }""",
        [typeof(MessageSaid)] = """{ "sequence": 12 }""",
        [typeof(RunStarted)] = $$"""{ "run": {{Run}} }""",
        [typeof(EventPage)] =
            """
            {
              "events": [
                { "sequence": 12, "at": "2026-11-27T09:02:00.000Z", "type": "message", "by": "m1", "data": { "text": "Look at this." } }
              ],
              "cursor": "31e66ae0:12"
            }
            """,
        [typeof(TicketCreated)] = """{ "ticket": "…", "expiresInSeconds": 30 }""",
        [typeof(ServerDescription)] =
            """{ "version": "0.1.0", "upstream": { "kind": "swarms", "host": "api.swarms.world" }, "roomCreation": "operator" }""",
    };

    public static JsonNode Stream =>
        "id: 31e66ae0:12\nevent: message\ndata: {\"sequence\":12,\"at\":\"2026-11-27T09:02:00.000Z\",\"type\":\"message\",\"by\":\"m1\","
        + "\"data\":{\"text\":\"Look at this.\"}}\n\n";

    public static JsonNode DoorStream => "event: chunk\ndata: {\"content\":\"Entropy \"}\n\n";

    public static JsonNode ChatStream =>
        "data: {\"id\":\"chatcmpl-u1\",\"object\":\"chat.completion.chunk\",\"created\":1795770060,\"model\":\"gpt-4o-mini\","
        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Entropy \"},\"finish_reason\":null}]}\n\n";

    public static JsonNode? Find(Type type) => Examples.TryGetValue(type, out var json) ? JsonNode.Parse(json) : null;

    public static JsonNode? DoorBody(string path) => path switch
    {
        "v1/agent/completions" => JsonNode.Parse(
            """
            {
              "agent_config": { "agent_name": "Poet", "model_name": "gpt-4o-mini", "streaming_on": true },
              "task": "Explain entropy."
            }
            """),
        "v1/swarm/completions" => JsonNode.Parse(
            """
            {
              "name": "Explainers", "swarm_type": "SequentialWorkflow", "task": "Explain entropy.",
              "agents": [{ "agent_name": "Poet", "model_name": "gpt-4o-mini" }, { "agent_name": "Critic", "model_name": "gpt-4o-mini" }]
            }
            """),
        "v1/reasoning-agent/completions" => JsonNode.Parse(
            """{ "agent_name": "Thinker", "model_name": "gpt-4o-mini", "swarm_type": "reasoning-duo", "task": "Explain entropy." }"""),
        "v1/graph-workflow/completions" => JsonNode.Parse(
            """
            {
              "name": "Explainers", "task": "Explain entropy.", "edges": [{ "source": "Poet", "target": "Critic" }],
              "agents": [{ "agent_name": "Poet", "model_name": "gpt-4o-mini" }, { "agent_name": "Critic", "model_name": "gpt-4o-mini" }]
            }
            """),
        "v1/batched-grid-workflow/completions" => JsonNode.Parse(
            """
            {
              "name": "Explainers", "tasks": ["Explain entropy.", "Explain heat."], "max_loops": 1,
              "agent_completions": [{ "agent_name": "Poet", "model_name": "gpt-4o-mini" }]
            }
            """),
        "v1/auto-swarm-builder/completions" => JsonNode.Parse(
            """{ "name": "Builder", "task": "A team that explains entropy.", "execution_type": "return-agents" }"""),
        "v1/advanced-research/completions" => JsonNode.Parse("""{ "config": { "name": "Entropy" }, "task": "Explain entropy." }"""),
        "v1/advanced-research/batch/completions" => JsonNode.Parse(
            """{ "input_schemas": [{ "config": {}, "task": "Explain entropy." }] }"""),
        "v1/agent/batch/completions" => JsonNode.Parse(
            """[{ "agent_config": { "agent_name": "Poet", "model_name": "gpt-4o-mini" }, "task": "Explain entropy." }]"""),
        "v1/swarm/batch/completions" => JsonNode.Parse(
            """[{ "name": "Explainers", "agents": [{ "agent_name": "Poet" }], "task": "Explain entropy." }]"""),
        "v1/chat/completions" => JsonNode.Parse(
            """{ "model": "gpt-4o-mini", "messages": [{ "role": "user", "content": "Explain entropy." }], "stream": true }"""),
        _ => null,
    };
}
