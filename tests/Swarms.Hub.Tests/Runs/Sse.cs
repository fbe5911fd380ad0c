using System.Text.Json;

namespace Swarms.Hub.Runs;

/// <summary>Frames as the Swarms API sends them.</summary>
internal static class Sse
{
    public const string Done = "event: done\ndata: {\"status\": \"finished\"}\n\n";

    public const string Usage = "event: usage\ndata: {\"tokens_used\": 150, \"cost\": 0.003}\n\n";

    public static string Chunk(string content) => $"event: chunk\ndata: {JsonSerializer.Serialize(new { content })}\n\n";
}
