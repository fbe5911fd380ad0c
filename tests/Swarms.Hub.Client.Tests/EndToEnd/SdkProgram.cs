using System.Threading.Channels;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>
/// A program on one of the SDKs that watches a room. It fails where events are not handed over once, in order, without a gap.
/// </summary>
internal abstract class SdkProgram : IAsyncDisposable
{
    private readonly Channel<Handed> _handed = Channel.CreateUnbounded<Handed>();

    /// <summary>Everything that the test has taken so far.</summary>
    public List<Handed> Taken { get; } = [];

    public IEnumerable<string?> States => Taken.Where(handed => handed.Kind == "connectionState").Select(handed => handed.ConnectionState);

    /// <summary>The sequences of all events taken so far.</summary>
    public IEnumerable<long> Sequences => Taken.SelectMany(handed => handed.Sequences);

    /// <summary>Takes what there is up to the first for which this holds.</summary>
    public async Task<Handed> NextAsync(Func<Handed, bool> isIt)
    {
        while (true)
        {
            var handed = await _handed.Reader.ReadAsync().InTime();
            // Only a snapshot may leave something out.
            if (Taken.FindLast(before => before.Kind == "snapshot" || before.Sequences.Count > 0) is { Sequences: [.., var last] }
                && handed.Sequences is [var first, ..])
                Assert.Equal(last + 1, first);

            Assert.Equal(handed.Sequences.Select((_, i) => handed.Sequences[0] + i), handed.Sequences);
            Taken.Add(handed);
            if (isIt(handed))
                return handed;
        }
    }

    public Task BecomesAsync(string state) => NextAsync(handed => handed.ConnectionState == state);

    public Task<Handed> IsHandedAsync(string eventType) => NextAsync(handed => handed.Types.Contains(eventType));

    /// <summary>Waits for the verdict on the one run's text, and gives the text.</summary>
    public async Task<string> VerifiesAsync()
    {
        var digest = await NextAsync(handed => handed.Kind == "digest");
        Assert.True(digest.Matches);
        return digest.Text!;
    }

    public abstract ValueTask DisposeAsync();

    protected void Hand(Handed handed) => _handed.Writer.TryWrite(handed);

    protected void End(Exception? error = null) => _handed.Writer.TryComplete(error);
}
