using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A run's task as its proposer asked for it, where a host changed it.</summary>
/// <param name="Task">The task, cut at <see cref="Run.MaxTaskLength"/>.</param>
/// <param name="TaskLength">The whole task's length; null unless the task was cut.</param>
public sealed record RunRequestView(
    string Task, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TaskLength);
