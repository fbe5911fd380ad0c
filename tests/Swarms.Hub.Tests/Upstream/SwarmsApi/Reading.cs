using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>Reads streams through the real reader.</summary>
internal static class Reading
{
    private static readonly UpstreamSecrets NoSecrets = UpstreamSecrets.Of(apiKey: null, "{}"u8.ToArray());

    public static Task<List<UpstreamFrame>> Frames(string stream) => Frames(Encoding.UTF8.GetBytes(stream));

    public static Task<List<UpstreamFrame>> Frames(byte[] stream) => Frames(new ChoppedStream(stream, () => int.MaxValue));

    public static async Task<List<UpstreamFrame>> Frames(
        Stream stream, int maxFrameBytes = 4 * 1024 * 1024, UpstreamSecrets? secrets = null) =>
        await new UpstreamEventReader(stream, secrets ?? NoSecrets, maxFrameBytes)
            .ReadAsync(TestContext.Current.CancellationToken)
            .ToListAsync();

    public static async Task<List<string>> Events(string stream) => Shown(await Frames(stream));

    public static async Task<List<UpstreamFrame>> Frames(this UpstreamResponse response) =>
        await response.ReadFramesAsync(TestContext.Current.CancellationToken).ToListAsync().InTime();

    /// <summary>Returns the events as <c>type data</c>.</summary>
    public static List<string> Shown(this IEnumerable<UpstreamFrame> frames) =>
        [.. frames
            .Select(frame => frame.Event)
            .OfType<UpstreamEvent>()
            .Select(one => $"{one.Type} {Encoding.UTF8.GetString(one.Data.Span)}")];

    /// <summary>Returns the text that a room would show.</summary>
    public static string Text(this IEnumerable<UpstreamFrame> frames) => string.Concat(frames.Select(frame => frame.Event?.Text));
}
