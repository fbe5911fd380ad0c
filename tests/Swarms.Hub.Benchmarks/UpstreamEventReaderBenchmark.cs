using System.Net.ServerSentEvents;
using System.Text;
using BenchmarkDotNet.Attributes;
using Swarms.Hub.Upstream;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub;

/// <summary>The cost of turning an answer's bytes into events: chunks and an ending.</summary>
[MemoryDiagnoser]
public class UpstreamEventReaderBenchmark
{
    private const int MaxFrameBytes = 65_536;

    private static readonly UpstreamSecrets Secrets = UpstreamSecrets.Of("benchmark-key", "{}"u8.ToArray());

    private byte[] _answer = null!;

    [Params(1, 10, 1000)]
    public int Chunks { get; set; }

    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Chunks; i++)
            text.Append("event: chunk\ndata: {\"content\": \" a few words\", \"timestamp\": \"2026-01-01T12:00:00.000000+00:00\"}\n\n");

        _answer = Encoding.ASCII.GetBytes(text.Append("event: done\ndata: {\"message\": \"complete\"}\n\n").ToString());
    }

    /// <summary>The framework's parser alone, without the meaning of the frames.</summary>
    [Benchmark(Baseline = true)]
    public async Task<int> Parse()
    {
        var count = 0;
        await foreach (var item in SseParser.Create(new MemoryStream(_answer), static (_, data) => data.Length).EnumerateAsync())
            count += item.Data;

        return count;
    }

    [Benchmark]
    public Task<int> Read() => ReadAsync(new MemoryStream(_answer));

    /// <summary>Adverse case: a network that delivers a byte at a time.</summary>
    [Benchmark]
    public Task<int> ReadTornApart() => ReadAsync(new TornStream(_answer));

    private static async Task<int> ReadAsync(Stream body)
    {
        var count = 0;
        await foreach (var frame in new UpstreamEventReader(body, Secrets, MaxFrameBytes).ReadAsync(CancellationToken.None))
            count += frame.Event is null ? 0 : 1;

        return count;
    }
}
