using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>The Swarms API's own form of an error in a stream, for endings that the hub made.</summary>
internal static class RelayError
{
    /// <summary>Creates the frame that tells a door's caller how the run ended.</summary>
    public static SseFrame Of(PendingEvent ending)
    {
        var frame = Of(ending.ToRoomEvent(0));
        return new SseFrame(frame.Name, frame.Data);
    }

    /// <summary>Creates the frame from a committed ending.</summary>
    public static RelayFrame Of(RoomEvent ending)
    {
        var (code, message) = RunError.Read(ending.Data);
        return code.Length > 0
            ? Frame(code, message, ending.At)
            : Frame(ending.Type, Sentence(ending.Type, RunReasonPayload.Read(ending.Data).Reason), ending.At);
    }

    /// <summary>Creates the frame from a run that has ended.</summary>
    public static RelayFrame Of(Run ended) => ended.Error is { } error
        ? Frame(error.Code, error.Message, ended.EndedAt!.Value)
        : Frame(ended.State, Sentence(ended.State, ended.Reason), ended.EndedAt!.Value);

    /// <summary>Creates the data of such a frame, whose name is <c>error</c>.</summary>
    public static string Data(string code, string sentence, DateTimeOffset at) =>
        JsonSerializer.Serialize(new { error = $"{code}: {sentence}", timestamp = at }, ProtocolJson.Options);

    /// <summary>Returns the sentence for an ending; the reason of a declined proposal is a host's own text.</summary>
    public static string Sentence(string ending, string? reason) => ending switch
    {
        EventTypes.Declined when reason is { Length: > 0 } => $"A host declined the run: {reason}",
        EventTypes.Declined => "A host declined the run.",
        EventTypes.Cancelled => "The run was cancelled.",
        EventTypes.Interrupted => "The hub stopped and ended the run.",
        _ => "The run ended before the upstream answered.",
    };

    private static RelayFrame Frame(string code, string sentence, DateTimeOffset at) =>
        new(EventTypes.Error, Data(code, sentence, at), Task.CompletedTask);
}
