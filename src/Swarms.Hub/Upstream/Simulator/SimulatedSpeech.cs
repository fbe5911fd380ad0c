namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// The chunks of a simulated answer with their times. Times count from the start, so that a timer of milliseconds keeps a pace of
/// thousands a second.
/// </summary>
internal static class SimulatedSpeech
{
    private static readonly TimeSpan NaturalPause = TimeSpan.FromMilliseconds(400);

    public static IEnumerable<SimulatedChunk> Of(SimulatedRequest request)
    {
        using var due = DueTimes(request).GetEnumerator();
        foreach (var piece in request.IsInterleaved ? SideBySide(request) : InTurn(request))
        {
            due.MoveNext();
            yield return piece with { At = due.Current };
        }
    }

    private static IEnumerable<SimulatedChunk> InTurn(SimulatedRequest request) =>
        request.Agents.SelectMany((agent, index) => Pieces(request, agent, index));

    private static IEnumerable<SimulatedChunk> SideBySide(SimulatedRequest request)
    {
        var speakers = request.Agents.Select((agent, index) => Pieces(request, agent, index).GetEnumerator()).ToList();
        while (speakers.Count > 0)
        {
            foreach (var speaker in speakers.ToList())
            {
                if (speaker.MoveNext())
                {
                    yield return speaker.Current;
                    continue;
                }

                speaker.Dispose();
                speakers.Remove(speaker);
            }
        }
    }

    private static IEnumerable<SimulatedChunk> Pieces(SimulatedRequest request, string agent, int index)
    {
        var text = new SimulatorText(request.Task, agent, request.Settings.Seed, request.EarlierTurns);
        var pieces = request.Settings switch
        {
            { Text: { } own } => SimulatorText.Split([own]).Take(request.Settings.Chunks ?? int.MaxValue),
            { ChunkBytes: { } bytes } => text.Blocks(bytes).Take(Share(request, index) ?? 100),
            { Chunks: not null } => text.EndlessWords().Take(Share(request, index)!.Value),
            _ => text.Words(isFirst: index == 0, request.MaxTokens[index]),
        };

        string? held = null;
        var isFirst = true;
        foreach (var piece in pieces)
        {
            if (held is not null)
            {
                yield return new(default, agent, held, isFirst, IsLast: false);
                isFirst = false;
            }

            held = piece;
        }

        if (held is not null)
            yield return new(default, agent, held, isFirst, IsLast: true);
    }

    /// <summary>Returns the number of a swarm's chunks that one of its agents says.</summary>
    private static int? Share(SimulatedRequest request, int index) => request.Settings.Chunks is { } all
        ? (all / request.Agents.Count) + (index < all % request.Agents.Count ? 1 : 0)
        : null;

    private static IEnumerable<TimeSpan> DueTimes(SimulatedRequest request)
    {
        var settings = request.Settings;
        var first = settings.FirstChunkAfter ?? (settings.ChunksPerSecond is null ? NaturalPause : TimeSpan.Zero);
        if (settings.ChunksPerSecond is not { } pace)
        {
            var random = new Random(settings.Seed ^ request.Task.Length);
            for (var due = first; ; due += TimeSpan.FromMilliseconds(25 + (random.NextDouble() * 15)))
                yield return due;
        }

        for (long index = 0; ; index++)
            yield return pace == 0 ? first : first + TimeSpan.FromSeconds(index / pace);
    }
}
