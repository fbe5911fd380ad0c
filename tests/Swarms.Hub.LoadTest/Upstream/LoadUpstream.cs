using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Upstream;

/// <summary>
/// The upstream of every server under test. It answers each completion with server-sent chunks at one pace, evenly spread over the runs and
/// stamped with the microsecond when they were due. A server or upstream that falls behind therefore shows as latency.
/// </summary>
internal sealed class LoadUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private readonly List<UpstreamRun> _runs = [];
    private readonly int _chunkBytes;
    private readonly Task _accepting;

    public LoadUpstream(int chunkBytes, int port)
    {
        _chunkBytes = chunkBytes;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(512);
        _accepting = AcceptAsync();
    }

    public Uri Address =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    /// <summary>The number of chunks that were sent to all runs so far.</summary>
    public long SentChunks { get; private set; }

    public int OpenRuns
    {
        get
        {
            lock (_lock)
                return _runs.Count;
        }
    }

    /// <summary>Sends chunks on every open run until cancelled, then ends them all.</summary>
    public async Task SpeakAsync(double chunksPerSecond, CancellationToken cancellationToken)
    {
        List<UpstreamRun> runs;
        lock (_lock)
            runs = [.. _runs];

        var interval = 1_000_000 / chunksPerSecond;
        var started = Clock.Microseconds;
        for (var i = 0; i < runs.Count; i++)
            runs[i].Begin(started + (long)(interval * i / runs.Count), interval);

        await Task.Factory.StartNew(
            () => SendAllDue(runs, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await EndAsync();
    }

    // The loop has its own thread. A pool timer comes late and brings several chunks at once, which no model does and which would
    // favour servers that send each chunk by itself.
    private void SendAllDue(List<UpstreamRun> runs, CancellationToken cancellationToken)
    {
        while (!cancellationToken.WaitHandle.WaitOne(1))
        {
            foreach (var run in runs)
                SentChunks += run.SendDue(_chunkBytes);
        }
    }

    /// <summary>Sends these chunks on every open run as fast as they are taken, and ends the runs.</summary>
    public async Task PourAsync(int chunks)
    {
        List<UpstreamRun> runs;
        lock (_lock)
            runs = [.. _runs];

        await Task.WhenAll(runs.Select(run => run.PourAsync(chunks, _chunkBytes)));
        await EndAsync();
    }

    public async Task EndAsync()
    {
        List<UpstreamRun> runs;
        lock (_lock)
        {
            runs = [.. _runs];
            _runs.Clear();
        }

        foreach (var run in runs)
            await run.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _accepting;
        await EndAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopped.Token);
                socket.NoDelay = true;
                _ = AnswerAsync(socket);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await ReadRequestAsync(socket);
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"u8
            + "event: metadata\ndata: {\"job_id\": \"load\"}\n\n"u8;
        await socket.SendAsync(head.ToArray());
        lock (_lock)
            _runs.Add(new UpstreamRun(socket));
    }

    private static async Task ReadRequestAsync(Socket socket)
    {
        var buffer = new byte[65_536];
        var length = 0;
        while (true)
        {
            length += await socket.ReceiveAsync(buffer.AsMemory(length));
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0 && length >= end + 4 + ContentLength(Encoding.ASCII.GetString(buffer, 0, end)))
                return;
        }
    }

    private static int ContentLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(15), CultureInfo.InvariantCulture);
    }
}
