using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.queued</c>.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="Agent">The agent's name and model, and its id if it is an agent of the room.</param>
/// <param name="Task">The task, cut at <see cref="Run.MaxTaskLength"/>; empty where the message is the task.</param>
/// <param name="TaskLength">The whole task's length; null unless the task was cut.</param>
/// <param name="Position">The run's place in the room's queue; 0 if it starts at once.</param>
public sealed record RunQueuedPayload(
    string Kind,
    RunAgent Agent,
    string Task,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TaskLength,
    int? Position)
{
    /// <summary>The sequence of the message that the run answers; null if it answers none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Message { get; init; }

    /// <summary>The part of a budget that the run holds; null without a budget.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunReservation? Reserved { get; init; }

    /// <summary>The run's place in its thread; null where it continues and supersedes none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunThread? Thread { get; init; }

    /// <summary>The run's place in its group; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupPlace? Group { get; init; }

    /// <summary>The hold of the run's text; null where the room gets it at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunHold? Hold { get; init; }

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunQueuedPayload Read(JsonElement data) =>
        new(
            data.Text("kind") ?? RunKinds.Agent,
            RunAgent.Read(data.Object("agent")),
            data.Text("task") ?? "",
            (int?)data.Number("taskLength"),
            (int?)data.Number("position"))
        {
            Message = data.Number("message"),
            Reserved = data.Object("reserved") is { ValueKind: JsonValueKind.Object } reserved ? RunReservation.Read(reserved) : null,
            Thread = RunThread.Read(data.Object("thread")),
            Group = GroupPlace.Read(data.Object("group")),
            Hold = RunHold.Read(data.Object("hold")),
        };
}
