using System.Text;

namespace Swarms.Hub.Protocol;

/// <summary>
/// The fold of one run's events. Not thread-safe: one loop applies events and reads. Events must come in sequence order, each once;
/// <see cref="ToRun"/> returns the run as it stands.
/// </summary>
public sealed partial class RunState
{
    /// <summary>
    /// The length of reactions to one run's passages that is kept, in UTF-16 units: their emoji and member ids, and 64 for each passage.
    /// </summary>
    public const int MaxReactionsLength = 16_384;

    private readonly StringBuilder _text = new();
    private readonly List<(string? Agent, StringBuilder Text)> _parts = [];
    private readonly RunReactions _reactions;
    private Run _run;
    private bool _hasText = true;
    private bool _hasParts;
    private DateTimeOffset? _lastChunkAt;
    private Run? _current;

    /// <summary>Creates the state of a run that a snapshot shows.</summary>
    public RunState(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run with { Text = null, Parts = null, Reactions = null };
        _lastChunkAt = run.LastChunkAt;
        _hasText = run.Text is not null;
        _text.Append(run.Text);
        _hasParts = run.Parts is not null;
        foreach (var part in run.Parts ?? [])
            _parts.Add((part.Agent, new StringBuilder(part.Text)));

        _callsLength = run.ToolCalls?.Sum(LengthOf) ?? 0;
        _reactions = new RunReactions(run.Reactions ?? []);
    }

    /// <summary>The run's id.</summary>
    public string Id => _run.Id;

    /// <summary>One of <see cref="RunStates"/>, or the type of its ending.</summary>
    public string State => _run.State;

    /// <summary>True once the run has its ending event.</summary>
    public bool HasEnded => RunStates.HasEnded(_run.State);

    /// <summary>False if the text was left out.</summary>
    public bool HasText => _hasText;

    /// <summary>True once a host removed the run.</summary>
    public bool IsRemoved => _run.RemovedAt is not null;

    /// <summary>The length of the text so far, or of the removed text, in UTF-16 units; 0 if the text was left out.</summary>
    public int TextLength => _run.TextLength ?? _text.Length;

    /// <summary>Creates the state from the run's first event: <c>run.proposed</c> or <c>run.queued</c>.</summary>
    public static RunState FromFirst(RoomEvent first)
    {
        ArgumentNullException.ThrowIfNull(first);
        var isProposed = first.Type == EventTypes.RunProposed;
        var payload = RunQueuedPayload.Read(first.Data);
        return new RunState(new Run
        {
            Id = first.Run ?? throw new ArgumentException("A run's first event names it.", nameof(first)),
            Kind = payload.Kind,
            Agent = payload.Agent,
            Task = payload.Task,
            TaskLength = payload.TaskLength,
            By = first.By,
            Message = payload.Message,
            Reserved = payload.Reserved,
            Thread = payload.Thread,
            Group = payload.Group,
            Hold = payload.Hold,
            State = isProposed ? RunStates.Proposed : RunStates.Queued,
            Rank = isProposed ? RunProposedPayload.Read(first.Data).Rank : null,
            Position = isProposed ? null : payload.Position,
            ProposedAt = isProposed ? first.At : null,
            QueuedAt = first.At,
            Text = "",
        });
    }

    /// <summary>Applies the run's next event, or one that hides, shows or removes it. Unknown types change nothing.</summary>
    public void Apply(RoomEvent roomEvent)
    {
        ArgumentNullException.ThrowIfNull(roomEvent);
        var data = roomEvent.Data;
        switch (roomEvent.Type)
        {
            case EventTypes.Chunk:
                AppendChunk(ChunkPayload.Read(data));
                _lastChunkAt = roomEvent.At;
                break;
            case EventTypes.Masked:
                Mask(MaskedPayload.Read(data));
                break;
            case EventTypes.RunSupported or EventTypes.RunUnsupported or EventTypes.RunPlaced or EventTypes.RunApproved
                or EventTypes.RunQueued when State == RunStates.Proposed:
                ApplyToProposal(roomEvent);
                break;
            case EventTypes.RunMoved:
                _run = _run with { Position = RunMovedPayload.Read(data).Position, WaitingUntil = null };
                break;
            case EventTypes.RunWaiting:
                _run = _run with
                {
                    State = RunStates.Queued,
                    Position = null,
                    WaitingUntil = RunWaitingPayload.Read(data).Until,
                    StartedAt = null,
                    History = null,
                };
                break;
            case EventTypes.RunStarted:
                _run = _run with
                {
                    State = RunStates.Running,
                    Position = null,
                    WaitingUntil = null,
                    StartedAt = roomEvent.At,
                    History = RunStartedPayload.Read(data).History,
                };
                break;
            case EventTypes.Metadata:
                var metadata = MetadataPayload.Read(data);
                _run = _run with
                {
                    JobId = metadata.JobId ?? _run.JobId,
                    FinishReason = metadata.FinishReason ?? _run.FinishReason,
                };
                break;
            case EventTypes.Reasoning:
                CountReasoning(ReasoningPayload.Read(data));
                break;
            case EventTypes.ToolCall:
                AddToolCall(RunToolCall.Read(data));
                break;
            case EventTypes.Usage:
                _run = _run with { Usage = Usage.Read(data) };
                break;
            case EventTypes.Done:
                var (bytes, sha256) = DonePayload.Read(data);
                End(roomEvent, _run with { Bytes = bytes, Sha256 = sha256 });
                break;
            case EventTypes.Error:
                End(roomEvent, _run with { Error = RunError.Read(data) });
                break;
            case EventTypes.Cancelled:
                End(roomEvent, _run with { Reason = RunReasonPayload.Read(data).Reason, CancelledBy = roomEvent.By });
                break;
            case EventTypes.Interrupted:
                End(roomEvent, _run with { Reason = RunReasonPayload.Read(data).Reason });
                break;
            case EventTypes.Declined:
                End(roomEvent, _run with { Reason = RunReasonPayload.Read(data).Reason, DeclinedBy = roomEvent.By });
                break;
            case EventTypes.RunHidden when !IsRemoved:
                _run = _run with { HiddenBy = roomEvent.By, HiddenAt = roomEvent.At };
                break;
            case EventTypes.RunShown:
                _run = _run with { HiddenBy = null, HiddenAt = null };
                break;
            case EventTypes.RunRemoved when !IsRemoved:
                Remove(roomEvent, RunRemovedPayload.Read(data));
                break;
            default:
                return;
        }

        _current = null;
    }

    /// <summary>Returns the run as it stands; the same object until the next event.</summary>
    public Run ToRun() => _current ??= _run with
    {
        LastChunkAt = _lastChunkAt,
        Text = _hasText ? _text.ToString() : null,
        Parts = _hasText && _hasParts ? [.. _parts.Select(part => new RunPart(part.Agent, part.Text.ToString()))] : null,
        Reactions = _reactions.All,
    };

    internal bool Names(string memberId) =>
        _run.By == memberId || _run.CancelledBy == memberId || _run.ApprovedBy == memberId || _run.DeclinedBy == memberId
        || _run.HiddenBy == memberId || _run.RemovedBy == memberId || _run.Supporters?.Contains(memberId) == true
        || _reactions.Names(memberId);

    /// <summary>The length of its task, of what was asked for, of its text, and of its tool calls.</summary>
    internal int Length => _run.Task.Length + (_run.Asked?.Task.Length ?? 0) + TextLength + _callsLength;

    /// <summary>Adds a reaction to a passage, while the text is there.</summary>
    internal void AddReaction(string emoji, Passage passage, string by)
    {
        if (!_hasText)
            return;

        _reactions.Add(emoji, passage, by);
        _current = null;
    }

    internal void RemoveReaction(string emoji, Passage passage, string by)
    {
        _reactions.Remove(emoji, passage, by);
        _current = null;
    }

    /// <summary>Drops the text and the reactions to it; returns true if there were reactions.</summary>
    internal bool DropText()
    {
        _run = WithShortTask(_run) with { Asked = null, Masks = null, Masked = null, ToolCalls = null };
        _callsLength = 0;
        _hasText = false;
        _text.Clear();
        _parts.Clear();
        _current = null;
        return _reactions.Clear();
    }

    private static Run WithShortTask(Run run)
    {
        const int MaxLength = RoomState.MaxShortTaskLength;
        if (run.Task.Length <= MaxLength)
            return run;

        // Never half of a surrogate pair.
        var length = char.IsHighSurrogate(run.Task[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return run with { Task = run.Task[..length], TaskLength = run.TaskLength ?? run.Task.Length };
    }

    private void AppendChunk(ChunkPayload chunk)
    {
        var (content, agent) = chunk;
        _text.Append(content);
        if (agent is null && !_hasParts)
            return;

        if (!_hasParts)
        {
            _hasParts = true;
            // Text before the first named agent belongs to the part without a name.
            if (_text.Length > content.Length)
                _parts.Add((null, new StringBuilder(_text.ToString(0, _text.Length - content.Length))));
        }

        var part = _parts.Find(p => p.Agent == agent).Text;
        if (part is null)
            _parts.Add((agent, part = new StringBuilder()));

        part.Append(content);
    }

    private void End(RoomEvent ending, Run ended) =>
        _run = ended with
        {
            State = ending.Type,
            Position = null,
            WaitingUntil = null,
            Rank = null,
            Supporters = null,
            EndedAt = ending.At,
        };

    // The run's place, its times and its figures stay. The rest may tell of its text.
    private void Remove(RoomEvent removed, RunRemovedPayload payload)
    {
        _run = new Run
        {
            Id = _run.Id,
            Kind = payload.Kind,
            Agent = new RunAgent(null, null),
            Task = "",
            By = _run.By,
            Thread = _run.Thread,
            Group = _run.Group,
            State = _run.State,
            ProposedAt = _run.ProposedAt,
            ApprovedBy = _run.ApprovedBy,
            QueuedAt = _run.QueuedAt,
            StartedAt = _run.StartedAt,
            EndedAt = _run.EndedAt,
            Usage = payload.Usage,
            CancelledBy = _run.CancelledBy,
            DeclinedBy = _run.DeclinedBy,
            RemovedBy = removed.By,
            RemovedAt = removed.At,
            TextLength = payload.TextLength,
        };
        DropText();
    }
}
