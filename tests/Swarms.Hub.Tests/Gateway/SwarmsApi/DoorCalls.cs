using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>The requests of programs written for the Swarms API.</summary>
internal static class DoorCalls
{
    public const string Agent = "/v1/agent/completions";
    public const string Swarm = "/v1/swarm/completions";
    public const string Streamed = """{"agent_config":{"agent_name":"Writer","streaming_on":true},"task":"Tell a story"}""";
    public const string NotStreamed = """{"agent_config":{"agent_name":"Writer"},"task":"Tell a story"}""";

    public static Task<DoorConnection> OpenAsync(this ScriptedHub scripted) => DoorConnection.OpenAsync(scripted.Hub.Address);

    /// <summary>Returns the error of a stream that the hub ended.</summary>
    public static string Error(this DoorFrame frame)
    {
        Assert.Equal("error", frame.Name);
        Assert.Equal(["error", "timestamp"], frame.Json.EnumerateObject().Select(field => field.Name));
        Assert.True(frame.Json.GetProperty("timestamp").TryGetDateTimeOffset(out _));
        return frame.Json.GetProperty("error").GetString()!;
    }

    /// <summary>Returns the text of the frames.</summary>
    public static string TextOf(IEnumerable<DoorFrame> frames) =>
        string.Concat(frames.Where(frame => frame.Name == EventTypes.Chunk).Select(frame => frame.Json.GetProperty("content").GetString()));

    public static string TextOf(IEnumerable<RoomEvent> events) =>
        string.Concat(events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString()));
}
