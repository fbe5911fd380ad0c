using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>A run in a few words.</summary>
internal static class RunSummary
{
    /// <summary>True if something tells the run apart from others.</summary>
    public static bool IsNamed(Run run) => run.Agent is not { Name: null, Model: null };

    public static string Title(Run run) => (run.Agent.Name, run.Agent.Model) switch
    {
        // A blind race numbers its agents.
        (null, null) when run is { RemovedAt: null, Group: { } group } => $"{run.Kind} {group.Number}",
        (null, null) => run.RemovedAt is null ? run.Kind : "removed run",
        (null, { } model) => model,
        ({ } name, null) => name,
        var (name, model) => $"{name} ({model})",
    };

    /// <summary>The text, or the task while there is none; a word in place of what a host hid or removed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="answered">The message that it answers, where it is known.</param>
    public static string Text(Run run, Message? answered = null) => Gone(run) ?? (run.Text is null ? Task(run, answered) : Shown(run));

    /// <summary>The text with a block for each masked unit; empty where the text was left out.</summary>
    public static string Shown(Run run)
    {
        var text = run.Text ?? "";
        foreach (var mask in (run.Masks ?? []).Reverse())
            text = text.Insert(Math.Min(mask.At, text.Length), Masked(mask.Length));

        return text;
    }

    /// <summary>The blocks that stand for a masked passage.</summary>
    public static string Masked(int length) => new('\u2588', Math.Max(0, length));

    /// <summary>The task, or the message that is the task; a word in place of what was hidden or removed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="answered">The message that it answers, where it is known.</param>
    public static string Task(Run run, Message? answered = null) => Gone(run) ?? (run, answered) switch
    {
        ({ Task.Length: > 0 } or { Message: null }, _) => run.Task,
        (_, { RemovedAt: not null }) => "(the message was removed)",
        (_, { Text: var text }) => text,
        _ => string.Create(CultureInfo.InvariantCulture, $"(answers message #{run.Message})"),
    };

    /// <summary>How the run stands, or how and why it ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="nameOf">Names a member, where the members are known.</param>
    public static string State(Run run, Func<string, string?>? nameOf = null) => run switch
    {
        { State: RunStates.Proposed } => "waiting for a host's approval",
        { State: EventTypes.Declined } => Line(
            run.DeclinedBy is { } by && nameOf?.Invoke(by) is { } name ? $"declined by {name}" : "declined", run.Reason),
        { WaitingUntil: { } until } => string.Create(CultureInfo.InvariantCulture, $"waits for the rate limit until {until:HH:mm:ss}"),
        { State: RunStates.Queued, Position: > 0 } => $"waiting, number {run.Position} in the queue",
        { Error: { } error } => $"error: {error.Message} ({error.Code})",
        { Reason: RunReasons.MemberLeft } => "cancelled, because the member who started it left the room",
        { Reason: RunReasons.MemberChanged } => "cancelled, because the member who started it became a viewer",
        { Reason: RunReasons.OverBudget } => "cancelled, because a limit of the budget is used up",
        { Reason: RunReasons.NoHost } => "cancelled, because its text was held and no host was here",
        { CancelledBy: { } by } when nameOf?.Invoke(by) is { } name => $"cancelled by {name}",
        { State: EventTypes.Interrupted, LastChunkAt: { } last } =>
            string.Create(CultureInfo.InvariantCulture, $"interrupted ({run.Reason}), last text at {last:HH:mm:ss}"),
        { Reason: { } reason } => $"{run.State} ({reason})",
        _ => run.State,
    };

    /// <summary>The upstream's own figures, without those that it did not give; null where it gave none.</summary>
    public static string? Usage(Run run)
    {
        if (run.Usage is not { } usage)
            return null;

        string?[] figures =
        [
            Figure(usage.InputTokens, "tokens in"),
            Figure(usage.OutputTokens, "tokens out"),
            Figure(usage.TotalTokens, "tokens in all"),
            usage.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $"cost {cost}") : null,
        ];
        return string.Join(", ", figures.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The given parts in one line, without those that are null.</summary>
    public static string Line(params IEnumerable<string?> parts) => string.Join(" · ", parts.OfType<string>());

    private static string? Gone(Run run) =>
        run.RemovedAt is not null ? "(removed by a host)" : run.HiddenAt is not null ? "(hidden by a host)" : null;

    private static string? Figure(long? count, string what) =>
        count is null ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
}
