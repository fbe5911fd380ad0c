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
        var data = JsonElement.Parse(ending.Data.Span);
        return data.TryGetProperty("code", out var code)
            ? Frame(code.GetString()!, data.GetProperty("message").GetString()!, ending.At)
            : Frame(ending.Type, Sentence(ending), ending.At);
    }

    public static SseFrame Frame(string code, string sentence, DateTimeOffset at) => new(
        EventTypes.Error, JsonSerializer.Serialize(new { error = $"{code}: {sentence}", timestamp = at }, ProtocolJson.Options));

    public static string Sentence(PendingEvent ending) => ending.Type switch
    {
        EventTypes.Cancelled => "The run was cancelled.",
        EventTypes.Interrupted => "The hub stopped and ended the run.",
        _ => "The run ended before the upstream answered.",
    };
}
