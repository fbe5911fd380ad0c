namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="RoomEvent.Type"/> that the hub defines; an upstream may add its own.</summary>
public static class EventTypes
{
    /// <summary>The upstream's name for the job and the agent. From the upstream.</summary>
    public const string Metadata = "metadata";

    /// <summary>The upstream began to work. From the upstream.</summary>
    public const string Start = "start";

    /// <summary>The next piece of a run's text. From the upstream.</summary>
    public const string Chunk = "chunk";

    /// <summary>The next piece of a model's reasoning, which is no part of the run's text. From the upstream.</summary>
    public const string Reasoning = "reasoning";

    /// <summary>A model wants a tool called. From the upstream.</summary>
    public const string ToolCall = "tool_call";

    /// <summary>Tokens and cost as the upstream states them. From the upstream.</summary>
    public const string Usage = "usage";

    /// <summary>An agent of a swarm began. From the upstream.</summary>
    public const string AgentStart = "agent_start";

    /// <summary>An agent of a swarm finished. From the upstream.</summary>
    public const string AgentEnd = "agent_end";

    /// <summary>The first event of a run that waits for a host's decision.</summary>
    public const string RunProposed = "run.proposed";

    /// <summary>A member supports a proposal.</summary>
    public const string RunSupported = "run.supported";

    /// <summary>A member no longer supports a proposal.</summary>
    public const string RunUnsupported = "run.unsupported";

    /// <summary>A host gave a proposal another place.</summary>
    public const string RunPlaced = "run.placed";

    /// <summary>A host approved a proposal, perhaps edited. <c>run.queued</c> follows it.</summary>
    public const string RunApproved = "run.approved";

    /// <summary>The first event of every run that is no proposal; what a proposal is once it is approved.</summary>
    public const string RunQueued = "run.queued";

    /// <summary>A waiting run has another place in the queue.</summary>
    public const string RunMoved = "run.moved";

    /// <summary>The upstream takes no call at the moment. The run is back in the queue and calls it again later.</summary>
    public const string RunWaiting = "run.waiting";

    /// <summary>The upstream is being called.</summary>
    public const string RunStarted = "run.started";

    /// <summary>Ending: the upstream finished; states length and digest of the text.</summary>
    public const string Done = "done";

    /// <summary>Ending: the run failed.</summary>
    public const string Error = "error";

    /// <summary>Ending: somebody cancelled the run.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Ending: a host declined the proposal.</summary>
    public const string Declined = "declined";

    /// <summary>Ending: the hub stopped or crashed during the run.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>A passage of a run's text that a host masked: it is missing here. From a lane.</summary>
    public const string Masked = "masked";

    /// <summary>A host hid an ended run.</summary>
    public const string RunHidden = "run.hidden";

    /// <summary>A host showed a hidden run again.</summary>
    public const string RunShown = "run.shown";

    /// <summary>A host removed an ended run; its task and text are erased.</summary>
    public const string RunRemoved = "run.removed";

    /// <summary>A member started several runs of one prompt. Their <c>run.queued</c> follow.</summary>
    public const string GroupStarted = "group.started";

    /// <summary>A member voted for a run of a group, or took the vote back.</summary>
    public const string GroupVoted = "group.voted";

    /// <summary>A host ended the voting, and revealed what a blind group hid.</summary>
    public const string GroupRevealed = "group.revealed";

    /// <summary>In a lane: a host masked a passage of the text that is held.</summary>
    public const string LaneMasked = "lane.masked";

    /// <summary>In a lane: a host released the text up to a place.</summary>
    public const string LaneReleased = "lane.released";

    /// <summary>The room's first event.</summary>
    public const string RoomCreated = "room.created";

    /// <summary>The room's name or settings changed.</summary>
    public const string RoomChanged = "room.changed";

    /// <summary>A new member joined.</summary>
    public const string MemberJoined = "member.joined";

    /// <summary>A member's name or role changed.</summary>
    public const string MemberChanged = "member.changed";

    /// <summary>A member left or was removed.</summary>
    public const string MemberLeft = "member.left";

    /// <summary>A member exchanged its token; what was opened with the old one ends.</summary>
    public const string MemberRekeyed = "member.rekeyed";

    /// <summary>An agent of the room was added or changed.</summary>
    public const string AgentChanged = "agent.changed";

    /// <summary>An agent of the room was removed.</summary>
    public const string AgentRemoved = "agent.removed";

    /// <summary>A member said something.</summary>
    public const string Message = "message";

    /// <summary>The author of a message changed its text; the earlier one is erased.</summary>
    public const string MessageEdited = "message.edited";

    /// <summary>The author of a message, or a host, removed it; its text is erased.</summary>
    public const string MessageRemoved = "message.removed";

    /// <summary>A member reacted to an event, or to a passage of a run.</summary>
    public const string Reaction = "reaction";

    /// <summary>A member took a reaction back.</summary>
    public const string ReactionRemoved = "reaction.removed";

    /// <summary>A member raised a hand.</summary>
    public const string HandRaised = "hand.raised";

    /// <summary>A member lowered the hand, or a host did.</summary>
    public const string HandLowered = "hand.lowered";

    /// <summary>The room's spending after a run has ended. From the hub.</summary>
    public const string Spending = "spending";

    /// <summary>A limit of the budget is nearly used up. From the hub.</summary>
    public const string BudgetWarned = "budget.warned";

    /// <summary>True for the five types that end a run.</summary>
    public static bool IsEnding(string type) => type is Done or Error or Cancelled or Declined or Interrupted;
}
