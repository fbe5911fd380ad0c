using System.Text.Json.Serialization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The data of a <c>run.queued</c> event.</summary>
internal sealed record RunQueuedData(
    string Kind,
    RunAgent Agent,
    string Task,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TaskLength,
    int Position);
