using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// The facts about a run besides its texts, in words. Figures are the upstream's own; figures that it did not state are left out.
/// </summary>
internal static class RunFacts
{
    public const string MaskMark = "[masked]";
    public const string RemovedMessage = "The message was removed.";

    public static string Title(TranscriptEntry.Ran ran) => $"{Asked(ran.Run)}, asked by {ran.Who}";

    public static string Asked(Run run) => run.Agent.Name ?? (
        run.RemovedAt is not null ? "Removed run" : run.Kind == RunKinds.Swarm ? "Swarm"
        : run.Group is { } group ? $"Agent {group.Number}"
        : "Agent");

    public static IEnumerable<(string Label, string Value)> Of(TranscriptEntry.Ran ran, TranscriptView view)
    {
        var run = ran.Run;
        yield return ("State", State(run, ran.People));
        if (run.RemovedAt is { } removed)
            yield return ("Removed", $"by {ran.People.ModeratedBy}, {view.Time(removed)}");
        else if (run.HiddenAt is { } hidden)
            yield return ("Hidden", $"by {ran.People.ModeratedBy}, {view.Time(hidden)}");
        yield return ("Asked", view.Time(run.ProposedAt ?? run.QueuedAt));
        if (ran.People.Supporters is { Count: > 0 } supporters)
            yield return ("Supported", $"by {string.Join(", ", supporters)}");
        if (ran.People.ApprovedBy is { } approvedBy)
            yield return ("Approved", $"by {approvedBy}, {view.Time(run.QueuedAt)}");
        if (run.Message is { } message)
            yield return ("Answers", string.Create(CultureInfo.InvariantCulture, $"message #{message}"));
        if (run.Asked is { } asked)
            yield return ("Proposed task", asked.Task.Length > 0 ? asked.Task : TextOf(ran.Answered) ?? RemovedMessage);
        if (run.StartedAt is { } started)
            yield return ("Started", view.Time(started));
        var isInterrupted = run.State == EventTypes.Interrupted;
        if (isInterrupted && run.LastChunkAt is { } last)
            yield return ("Last text", view.Time(last) + After(last - run.StartedAt));
        if (run.EndedAt is { } ended)
            yield return isInterrupted ? ("Noticed", view.Time(ended)) : ("Ended", view.Time(ended) + After(ended - run.StartedAt));
        if (run.Agent.Model is { } model)
            yield return ("Model", model);
        if (run.Masks is { Count: > 0 } masks)
        {
            var characters = masks.Sum(mask => (long)mask.Length);
            yield return ("Masked", $"{Number(masks.Count, "0")} passages by a host, {Number(characters, "0")} characters");
        }

        if (run.ToolCalls is { Count: > 0 } calls)
            yield return ("Tools called", string.Join(", ", calls.Select(call => call.Name)));
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

    /// <summary>
    /// Returns the task: its own, or the present text of the message that the run answers. Null if that message was removed.
    /// </summary>
    public static string? Task(TranscriptEntry.Ran ran) =>
        ran.Run is { Task.Length: 0, Message: not null } ? TextOf(ran.Answered) : ran.Run.Task;

    /// <summary>Returns a note if the room has only the beginning of the task.</summary>
    public static string? Cut(Run run) =>
        run.TaskLength is { } length ? $"(This is the beginning; the whole task had {Number(length, "0")} characters.)" : null;

    /// <summary>
    /// Returns the text, by agent if agents are named. A mark stands where a host masked a passage; its place is known in the whole text.
    /// </summary>
    public static IReadOnlyList<RunPart> TextsOf(Run run)
    {
        if (run.Parts is { } parts)
            return parts;

        var text = new StringBuilder(run.Text ?? "");
        foreach (var mask in run.Masks?.Reverse() ?? [])
            text.Insert(Math.Clamp(mask.At, 0, text.Length), MaskMark);

        return [new RunPart(null, text.ToString())];
    }

    private static string? TextOf(Message? message) => message is { RemovedAt: null } ? message.Text : null;

    private static string State(Run run, RunPeople people) => run.State switch
    {
        RunStates.Proposed => "waiting for a host's approval",
        EventTypes.Declined => $"declined{By(people.DeclinedBy)}{(run.Reason is { } reason ? $": {reason}" : "")}",
        RunStates.Queued => "waiting",
        RunStates.Running => "still running when this was written",
        EventTypes.Done => "finished",
        EventTypes.Error when run.Error is { } error => $"failed: {error.Message} ({error.Code})",
        EventTypes.Error => "failed",
        EventTypes.Cancelled when run.Reason == RunReasons.MemberLeft => "cancelled, because the member who started it left the room",
        EventTypes.Cancelled when run.Reason == RunReasons.MemberChanged => "cancelled, because the member who started it became a viewer",
        EventTypes.Cancelled when run.Reason == RunReasons.OverBudget => "cancelled, because the budget is used up",
        EventTypes.Cancelled => $"cancelled{By(people.CancelledBy)}",
        EventTypes.Interrupted when run.Reason is null => "interrupted",
        EventTypes.Interrupted => $"interrupted, because {InterruptedBecause(run.Reason)}",
        var other => other,
    };

    private static string By(string? name) => name is null ? "" : $" by {name}";

    private static string InterruptedBecause(string? reason) => reason switch
    {
        RunReasons.HubCrashed => "the hub stopped without a warning",
        RunReasons.StorageChanged => "another program changed the room in the hub's database",
        _ => "the hub stopped",
    };

    private static string Tokens(Usage usage) => string.Join(", ", new[]
    {
        usage.TotalTokens is { } total ? $"{Number(total, "0")} in all" : null,
        usage.InputTokens is { } input ? $"{Number(input, "0")} in" : null,
        usage.OutputTokens is { } output ? $"{Number(output, "0")} out" : null,
    }.OfType<string>());

    private static string After(TimeSpan? duration) =>
        duration is { } known ? $", after {Number(known.TotalSeconds, "0.0")} s" : "";

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
