using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>A start by agent and task alone.</summary>
/// <param name="Agent">The id of the room's agent.</param>
/// <param name="Task">The task.</param>
/// <param name="IdempotencyKey">As in <see cref="StartRunRequest"/>.</param>
internal sealed record AgentStart(string Agent, string Task, string? IdempotencyKey)
{
    /// <summary>The sequence of the message that the run answers; null without one.</summary>
    public long? Message { get; init; }

    /// <summary>
    /// True where the task is the message's text. The upstream alone gets that text: the log and the store refer to the message.
    /// </summary>
    public bool IsTaskOfMessage => Message is not null && !IsEdited;

    /// <summary>The run from which it goes on, and the messages that go along; null without either.</summary>
    public ThreadStart? Thread { get; init; }

    /// <summary>True while the agent is to be that of the run from which it goes on.</summary>
    public bool IsAgentLeftOut { get; private init; }

    /// <summary>True while the task is to be that of the run in whose place it stands.</summary>
    public bool IsTaskLeftOut { get; private init; }

    /// <summary>
    /// The hash of what the caller asked for, where that was more than an agent and a task, or where some of it was filled in: it may not
    /// be there any more when the start is repeated. Else null.
    /// </summary>
    public byte[]? AskedHash { private get; init; }

    /// <summary>
    /// True where the request has earlier turns or images besides. It cannot be composed again, so it is sent as it is, and a proposal of
    /// it does not outlast the hub.
    /// </summary>
    public bool HasConversation { get; init; }

    /// <summary>True where a host wrote another task.</summary>
    public bool IsEdited { get; private init; }

    /// <summary>Returns the start with the task that a host wrote.</summary>
    public AgentStart Edit(string task) => this with { Task = task, IsEdited = true };

    /// <summary>Returns the start with what it left out.</summary>
    public AgentStart Fill(string agent, string task, long? message) => this with
    {
        Agent = agent,
        Task = task,
        Message = message,
        AskedHash = Hash(),
        IsAgentLeftOut = false,
        IsTaskLeftOut = false,
    };

    /// <summary>
    /// Reads the two forms of a start; null for the one with a request. Refuses a start that has parts of both. One that goes on from
    /// another run may leave out the agent, and one that supersedes another the task too.
    /// </summary>
    public static AgentStart? Read(
        string? agent, string? task, string? kind, bool hasRequest, string? idempotencyKey, ThreadStart? thread = null)
    {
        if (agent is null && task is null && (hasRequest || thread?.Named is null))
            return null;

        if (hasRequest)
            throw Invalid("Give either request, or agent and task: a run has one of the two.");

        if (kind is not (null or RunKinds.Agent))
            throw Invalid("kind must be \"agent\", or be left out, where agent names an agent of the room.");

        var (mayLeaveAgent, mayLeaveTask) = (thread?.Named is not null, thread?.Supersedes is not null);
        return new AgentStart(
            agent ?? (mayLeaveAgent ? "" : null)
                ?? throw Invalid("agent is missing: it should be the id of an agent of the room. Another agent takes a request."),
            task ?? (mayLeaveTask ? "" : null) ?? throw Invalid("task is missing: it should be a text that says what to do."),
            idempotencyKey)
        {
            Thread = thread,
            IsAgentLeftOut = agent is null,
            IsTaskLeftOut = task is null,
        };
    }

    /// <summary>
    /// Returns a hash of what the caller asked for. It does not change with the agent, so a repeated start finds its run. The hash of a
    /// message's text would outlast the message and confirm a guess of it, so its sequence stands for it.
    /// </summary>
    public byte[] Hash()
    {
        if (AskedHash is { } asked)
            return asked;

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            Message is { } message ? $"room agent, message\n{Agent}\n{message}" : $"room agent\n{Agent}\n{Task}"));
        return Thread?.Hash(hash) ?? hash;
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
