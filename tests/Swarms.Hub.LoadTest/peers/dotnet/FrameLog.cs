using System.Text.Json;

namespace Peers;

/// <summary>A room's newest frames in a ring that is large enough for the test.</summary>
internal sealed class FrameLog
{
    private readonly Lock _lock = new();
    private readonly byte[][] _ring = new byte[16_384][];
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Head { get; private set; }

    public void Append(RelayedEvent relayed)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(relayed, JsonSerializerOptions.Web);
        byte[] head = json.Length < 126 ? [0x81, (byte)json.Length] : [0x81, 126, (byte)(json.Length >> 8), (byte)json.Length];
        TaskCompletionSource advanced;
        lock (_lock)
        {
            _ring[Head++ % _ring.Length] = [.. head, .. json];
            (advanced, _advanced) = (_advanced, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        advanced.SetResult();
    }

    /// <summary>Returns the frames after a position. A reader that the ring has overtaken is lost, and the test will report that.</summary>
    public (byte[][] Frames, Task Advanced) Read(long after)
    {
        lock (_lock)
        {
            var frames = new byte[Head - after][];
            for (var i = 0; i < frames.Length; i++)
                frames[i] = _ring[(after + i) % _ring.Length];

            return (frames, _advanced.Task);
        }
    }
}
