using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.proposed</c>.</summary>
/// <param name="Kind">One of <see cref="RunKinds"/>.</param>
/// <param name="Agent">The agent's name and model.</param>
/// <param name="Task">The task, cut at <see cref="Run.MaxTaskLength"/>; empty where the message is the task.</param>
/// <param name="TaskLength">The whole task's length; null unless the task was cut.</param>
/// <param name="Rank">Its place among the proposals: they stand in order of their ranks.</param>
public sealed record RunProposedPayload(
    string Kind,
    RunAgent Agent,
    string Task,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TaskLength,
    long Rank)
{
    /// <summary>The sequence of the message that the run answers; null if it answers none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Message { get; init; }

    /// <summary>The run's place in its thread; null where it continues and supersedes none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunThread? Thread { get; init; }

    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunProposedPayload Read(JsonElement data)
    {
        var queued = RunQueuedPayload.Read(data);
        return new RunProposedPayload(queued.Kind, queued.Agent, queued.Task, queued.TaskLength, data.Number("rank") ?? 0)
        {
            Message = queued.Message,
            Thread = queued.Thread,
        };
    }
}
