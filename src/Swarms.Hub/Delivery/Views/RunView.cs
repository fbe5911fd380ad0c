using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The view of an embed's readers: one run, as a viewer without money sees it. Its snapshot is a room with that run and nothing else, under
/// the run's id. Events of others are passed over. A snapshot follows what the room's own events change of the run: hidden, shown,
/// revealed. Ends with <c>not_found</c> when the run is removed.
/// </summary>
/// <param name="log">The room's log.</param>
/// <param name="runId">The run.</param>
/// <param name="hidesTask">True if the run's task is left out.</param>
/// <param name="reader">Reads a run that the room's state does not hold any more.</param>
internal sealed class RunView(RoomLog log, string runId, bool hidesTask, RunReader reader) : ViewerView
{
    private readonly byte[] _runId = Encoding.UTF8.GetBytes(runId);

    public override bool ShowsEveryEvent => false;

    public override Audience FindAudience() => Audience.OneRun;

    // The text of a hidden run would follow from before the hiding.
    public override async ValueTask<bool> MayResumeAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken)).Run.HiddenAt is null;

    public override async ValueTask<SnapshotFrame> ToSnapshotAsync(string reason, CancellationToken cancellationToken)
    {
        // The version is read first: a change in between is then seen by the next read.
        var audienceVersion = log.AudienceVersion;
        var (run, position, generation) = await FindAsync(cancellationToken);
        var frame = new RoomFrame
        {
            Kind = FrameKinds.Snapshot,
            Cursor = position.ToString(Audience.OneRun),
            Reason = reason,
            Room = new Room { Id = runId, Name = "", CreatedAt = run.QueuedAt },
            Members = [],
            FormerMembers = [],
            Runs = [Show(run)],
            Messages = [],
            Agents = [],
            Groups = [],
        };
        return SnapshotFrame.Encode(frame, generation, position.Sequence, Audience.OneRun, audienceVersion);
    }

    public override IReadOnlyList<CommittedBatch>? Show(IReadOnlyList<CommittedBatch> batches, Audience audience)
    {
        var shown = new List<CommittedBatch>();
        foreach (var batch in batches)
        {
            if (batch.Events.Any(ChangesRun))
                return null;

            if (batch.Pick(ShowEvent) is { } picked)
                shown.Add(picked);
        }

        return shown;
    }

    // Invariant: the run is not older than the place. A later change of it is an event behind that place, and brings another snapshot.
    private async ValueTask<(Run Run, LogPosition Position, int Generation)> FindAsync(CancellationToken cancellationToken)
    {
        var (live, position, generation) = log.FindRunAtHead(runId);
        var run = live is null or { Text: null, EndedAt: not null } ? await reader.GetAsync(log, runId, cancellationToken) : live;
        return run.RemovedAt is null ? (run, position, generation) : throw Removed();
    }

    private Run Show(Run run)
    {
        var shown = MoneyFilter.Hide(run) with { Reactions = null, Supporters = null };
        if (run.HiddenAt is not null)
            shown = shown with { Text = null, Parts = null, ToolCalls = null, Masks = null, Error = null, Reason = null };

        return hidesTask || run.HiddenAt is not null ? shown with { Task = "", TaskLength = null, Asked = null } : shown;
    }

    private ReadOnlyMemory<byte>? ShowEvent(CommittedEvent committed)
    {
        if (!IsOfRun(committed.Json.Span))
            return null;

        if (!hidesTask)
            return MoneyFilter.FilterEvent(committed.Type, committed.Json);

        // Events that only the upstream knows may say the task again.
        return committed.Type is EventTypes.RunProposed or EventTypes.RunQueued ? WithoutTask(MoneyFilter.Filter(committed.Json))
            : IsWithoutTask(committed.Type) ? MoneyFilter.FilterEvent(committed.Type, committed.Json)
            : null;
    }

    private static bool IsWithoutTask(string type) =>
        type is EventTypes.Chunk or EventTypes.Masked or EventTypes.Metadata or EventTypes.AgentStart or EventTypes.AgentEnd
            or EventTypes.Usage or EventTypes.RunApproved or EventTypes.RunMoved or EventTypes.RunWaiting or EventTypes.RunStarted
            or EventTypes.RunPlaced
        || EventTypes.IsEnding(type);

    private static byte[] WithoutTask(ReadOnlyMemory<byte> json)
    {
        var committed = JsonNode.Parse(json.Span)!.AsObject();
        if (committed["data"] is JsonObject data)
        {
            data["task"] = "";
            data.Remove("taskLength");
        }

        return JsonSerializer.SerializeToUtf8Bytes(committed, ProtocolJson.Options);
    }

    private bool ChangesRun(CommittedEvent committed)
    {
        var isOfRoom = committed.Type is EventTypes.RunHidden or EventTypes.RunShown or EventTypes.RunRemoved or EventTypes.GroupRevealed;
        if (!isOfRoom || committed.Json.Span.IndexOf(_runId) < 0)
            return false;

        return committed.Type != EventTypes.RunRemoved ? true : throw Removed();
    }

    // The hub writes an event's run before its data, so only a few bytes are read.
    private bool IsOfRun(ReadOnlySpan<byte> json)
    {
        var parts = new Utf8JsonReader(json);
        parts.Read();
        while (parts.Read() && parts.TokenType == JsonTokenType.PropertyName && !parts.ValueTextEquals("data"u8))
        {
            var isRun = parts.ValueTextEquals("run"u8);
            parts.Read();
            if (isRun)
                return parts.ValueTextEquals(_runId);
        }

        return false;
    }

    private static HubErrorException Removed() => new(ErrorCodes.NotFound, "The run was removed.");
}
