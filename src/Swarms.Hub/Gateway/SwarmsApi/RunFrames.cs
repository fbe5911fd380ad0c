using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Makes a run's state and events into frames of the Swarms API again. What was made before is not repeated. Used by one loop, in order.
/// </summary>
internal sealed class RunFrames
{
    private readonly Dictionary<string, int> _told = [];
    private bool _hasMetadata;
    private string? _owedName;
    private Usage? _usage;

    /// <summary>Returns the frames of the run, or of its next event.</summary>
    public IReadOnlyList<RelayFrame> Of(RunPiece piece) =>
        piece.Run is { } run ? Of(run) : Of(piece.Event!);

    /// <summary>Returns the frames of everything that the run has and that was not told before; the ending too.</summary>
    public List<RelayFrame> Of(Run run)
    {
        var frames = new List<RelayFrame>();
        if (run.JobId is not null && !_hasMetadata)
            frames.Add(Metadata(run.JobId, run.Agent.Name));
        else if (run.StartedAt is not null && !_hasMetadata)
            _owedName = run.Agent.Name ?? "";

        foreach (var (agent, text) in run.Parts ?? [new RunPart(null, run.Text ?? "")])
        {
            var told = _told.GetValueOrDefault(agent ?? "");
            if (text.Length > told)
                frames.Add(Chunk(text[told..], agent));
        }

        if (run.Usage is { } usage && usage != _usage)
            frames.Add(Usage(usage));

        if (RunStates.HasEnded(run.State))
            frames.Add(Ending(run));

        return WithOwedMetadata(frames);
    }

    /// <summary>Returns the frames of the run's next event; none for those that only the hub has.</summary>
    public IReadOnlyList<RelayFrame> Of(RoomEvent roomEvent) =>
        FrameOf(roomEvent) is { } frame ? WithOwedMetadata([frame]) : [];

    private RelayFrame? FrameOf(RoomEvent roomEvent)
    {
        switch (roomEvent.Type)
        {
            case EventTypes.Metadata:
                var metadata = MetadataPayload.Read(roomEvent.Data);
                return _hasMetadata ? null : Metadata(metadata.JobId, metadata.Name);
            case EventTypes.Chunk:
                var chunk = ChunkPayload.Read(roomEvent.Data);
                return Chunk(chunk.Content, chunk.Agent);
            case EventTypes.Usage:
                return Usage(Protocol.Usage.Read(roomEvent.Data));
            case EventTypes.Done:
                return Done;
            case EventTypes.Error or EventTypes.Cancelled or EventTypes.Declined or EventTypes.Interrupted:
                return RelayError.Of(roomEvent);
            case var around when around.StartsWith("run.", StringComparison.Ordinal):
                return null;
            default:
                return Frame(roomEvent.Type, roomEvent.Data);
        }
    }

    /// <summary>Returns the JSON that the Swarms API answers with.</summary>
    public static object Answer(Run run)
    {
        var outputs = (run.Parts ?? [new RunPart(null, run.Text ?? "")])
            .Select(part => new { role = part.Agent ?? run.Agent.Name, content = part.Text });
        var usage = run.Usage is { } figures ? Figures(figures) : null;
        return run.Kind == RunKinds.Swarm
            ? new { job_id = run.JobId, status = "success", swarm_name = run.Agent.Name, output = outputs, usage }
            : new { job_id = run.JobId, success = true, name = run.Agent.Name, outputs, usage, timestamp = run.EndedAt };
    }

    private static RelayFrame Done => Frame(EventTypes.Done, new { status = "finished" });

    private static RelayFrame Ending(Run run) => run.State == EventTypes.Done ? Done : RelayError.Of(run);

    // A run that has started may get its metadata in a moment. Only an answer that goes on without it begins with what the run says.
    private List<RelayFrame> WithOwedMetadata(List<RelayFrame> frames)
    {
        if (frames.Count > 0 && !_hasMetadata && _owedName is { } name)
            frames.Insert(0, Metadata(null, name.Length == 0 ? null : name));

        return frames;
    }

    private RelayFrame Metadata(string? jobId, string? name)
    {
        _hasMetadata = true;
        return Frame(EventTypes.Metadata, new { job_id = jobId, name });
    }

    private RelayFrame Chunk(string content, string? agent)
    {
        _told[agent ?? ""] = _told.GetValueOrDefault(agent ?? "") + content.Length;
        return Frame(EventTypes.Chunk, new ChunkPayload(content, agent));
    }

    private RelayFrame Usage(Usage usage)
    {
        _usage = usage;
        return Frame(EventTypes.Usage, Figures(usage));
    }

    private static object Figures(Usage usage) => new
    {
        input_tokens = usage.InputTokens,
        output_tokens = usage.OutputTokens,
        total_tokens = usage.TotalTokens,
        total_cost = usage.Cost,
    };

    private static RelayFrame Frame<T>(string name, T data) =>
        new(name, JsonSerializer.Serialize(data, ProtocolJson.Options), Task.CompletedTask);
}
