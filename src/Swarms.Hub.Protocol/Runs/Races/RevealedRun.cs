using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The facts that a blind group has hidden of one run.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Agent">Its agent.</param>
public sealed record RevealedRun(string Run, RunAgent Agent)
{
    /// <summary>Its kind; null if it is <see cref="RunKinds.Agent"/>, as which a blind group shows each run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>The part of a budget that it held; null without a budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunReservation? Reserved { get; init; }

    /// <summary>The upstream's own id of the job; null where it stated none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>The figures of the upstream; null where it stated none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Usage? Usage { get; init; }

    /// <summary>The error with its message; null unless the run failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunError? Error { get; init; }

    /// <summary>The upstream's other events, oldest first, within <see cref="MaxEventsBytes"/>; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RevealedEvent>? Events { get; init; }

    /// <summary>The number of those events that were too many to keep; null if all are here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OmittedEvents { get; init; }

    /// <summary>The bytes of data of <see cref="Events"/> that are kept for one run.</summary>
    public const int MaxEventsBytes = 65_536;

    /// <summary>Reads the object of an event. A field that is missing or of another type is empty.</summary>
    public static RevealedRun Read(JsonElement revealed) =>
        new(revealed.Text("run") ?? "", RunAgent.Read(revealed.Object("agent")))
        {
            Kind = revealed.Text("kind"),
            Reserved = revealed.Object("reserved") is { ValueKind: JsonValueKind.Object } reserved ? RunReservation.Read(reserved) : null,
            JobId = revealed.Text("jobId"),
            Usage = revealed.Object("usage") is { ValueKind: JsonValueKind.Object } usage ? Usage.Read(usage) : null,
            Error = revealed.Object("error") is { ValueKind: JsonValueKind.Object } error ? RunError.Read(error) : null,
        };
}
