using System.Net.Sockets;
using System.Text;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Upstream;

/// <summary>One answer that is being sent. Used by one loop.</summary>
internal sealed class UpstreamRun(Socket socket)
{
    private const string Words = "the quick brown fox jumps over the lazy dog while the room looks on and nobody minds ";

    private double _due;
    private double _interval;

    public void Begin(long firstDue, double interval) => (_due, _interval) = (firstDue, interval);

    /// <summary>Sends all due chunks in one write and returns their number.</summary>
    public int SendDue(int chunkBytes)
    {
        if (Clock.Microseconds < _due)
            return 0;

        var text = new StringBuilder();
        var chunks = 0;
        for (; _due <= Clock.Microseconds; _due += _interval, chunks++)
            AppendChunk(text, (long)_due, chunkBytes);

        try
        {
            socket.Send(Encoding.ASCII.GetBytes(text.ToString()));
        }
        catch (SocketException)
        {
            // The server gave this run up. Its viewers will miss the ending, and the test will report that.
            _due = double.MaxValue;
        }

        return chunks;
    }

    public async Task PourAsync(int chunks, int chunkBytes)
    {
        for (var sent = 0; sent < chunks;)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 256 && sent < chunks; i++, sent++)
                AppendChunk(text, Clock.Microseconds, chunkBytes);

            for (ReadOnlyMemory<byte> rest = Encoding.ASCII.GetBytes(text.ToString()); !rest.IsEmpty;)
                rest = rest[await socket.SendAsync(rest)..];
        }
    }

    public async Task EndAsync()
    {
        try
        {
            var ending = "event: usage\ndata: {\"input_tokens\": 1, \"output_tokens\": 1, \"total_tokens\": 2}\n\n"u8
                + "event: done\ndata: {\"message\": \"complete\"}\n\n"u8;
            await socket.SendAsync(ending.ToArray());
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has already given up.
        }

        socket.Dispose();
    }

    private static void AppendChunk(StringBuilder text, long stamp, int chunkBytes)
    {
        var start = text.Append("event: chunk\ndata: {\"content\": \"").Length;
        text.Append('@').Append(stamp).Append(' ');
        var rest = chunkBytes - (text.Length - start);
        for (; rest > 0; rest -= Words.Length)
            text.Append(Words, 0, Math.Min(rest, Words.Length));

        text.Append("\"}\n\n");
    }
}
