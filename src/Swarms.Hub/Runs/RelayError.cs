using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>The Swarms API's own form of an error in a stream, for endings that the hub made.</summary>
internal static class RelayError
{
    /// <summary>The frame that tells a door's caller how the run ended.</summary>
    public static SseFrame Of(PendingEvent ending)
    {
        var (code, message) = RunError.Read(JsonElement.Parse(ending.Data.Span));
        return new SseFrame(EventTypes.Error, code.Length > 0 ? Data(code, message, ending.At) : Data(ending.Type, Sentence(ending), ending.At));
    }

    /// <summary>The data of such a frame, whose name is <c>error</c>.</summary>
    public static string Data(string code, string sentence, DateTimeOffset at) =>
        JsonSerializer.Serialize(new { error = $"{code}: {sentence}", timestamp = at }, ProtocolJson.Options);

    public static string Sentence(PendingEvent ending) => ending.Type switch
    {
        EventTypes.Cancelled => "The run was cancelled.",
        EventTypes.Interrupted => "The hub stopped and ended the run.",
        _ => "The run ended before the upstream answered.",
    };
}
