using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A long answer that comes all at once.</summary>
internal static class Speech
{
    public const int ChunkBytes = 4_000;

    public static void Script(ScriptedUpstream upstream, int chunks = 600) =>
        upstream.Answer()
            .Body(string.Concat(Enumerable.Range(0, chunks).Select(i => Sse.Chunk($"{i} ".PadRight(ChunkBytes, 'x')))))
            .Body(Sse.Done);

    /// <summary>Returns the digest that <c>done</c> states for the text of these events.</summary>
    public static string DigestOf(IEnumerable<RoomEvent> events) => DigestOf(TextOf(events));

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string TextOf(IEnumerable<RoomEvent> events) =>
        string.Concat(events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString()));
}
