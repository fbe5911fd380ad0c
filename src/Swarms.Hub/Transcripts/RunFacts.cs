using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>What is to be said about a run besides its texts, in words. Figures are the upstream's own; one that it did not give is left out.</summary>
internal static class RunFacts
{
    public static string Title(Run run, string who) => $"{run.Agent.Name ?? (run.Kind == RunKinds.Swarm ? "Swarm" : "Agent")}, asked by {who}";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static IEnumerable<(string Label, string Value)> Of(Run run)
    {
        yield return ("State", State(run));
        yield return ("Asked", Time(run.QueuedAt));
        if (run.StartedAt is { } started)
            yield return ("Started", Time(started));
        if (run.EndedAt is { } ended)
            yield return ("Ended", run.StartedAt is { } from ? $"{Time(ended)}, after {Number((ended - from).TotalSeconds, "0.0")} s" : Time(ended));
        if (run.Agent.Model is { } model)
            yield return ("Model", model);
        if (run.Usage is { } usage && Tokens(usage) is { Length: > 0 } tokens)
            yield return ("Tokens", tokens);
        if (run.Usage?.Cost is { } cost)
            yield return ("Cost", cost.ToString(CultureInfo.InvariantCulture));
        if (run.Bytes is { } bytes)
            yield return ("Length", $"{Number(bytes, "0")} bytes");
        if (run.Sha256 is { } digest)
            yield return ("SHA-256", digest);
        if (run.JobId is { } job)
            yield return ("Job", job);
        yield return ("Run", run.Id);
    }

    /// <summary>A note where the task is only the beginning of what was asked.</summary>
    public static string? Cut(Run run) =>
        run.TaskLength is { } length ? $"(This is the beginning; the whole task had {Number(length, "0")} characters.)" : null;

    private static string State(Run run) => run.State switch
    {
        RunStates.Queued => "waiting",
        RunStates.Running => "still running when this was written",
        EventTypes.Done => "finished",
        EventTypes.Error => $"failed: {run.Error?.Message} ({run.Error?.Code})",
        EventTypes.Cancelled => "cancelled",
        EventTypes.Interrupted => "interrupted, because the hub stopped",
        var other => other,
    };

    private static string Tokens(Usage usage) => string.Join(", ", new[]
    {
        usage.TotalTokens is { } total ? $"{Number(total, "0")} in all" : null,
        usage.InputTokens is { } input ? $"{Number(input, "0")} in" : null,
        usage.OutputTokens is { } output ? $"{Number(output, "0")} out" : null,
    }.OfType<string>());

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
