using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that releases a run's held text.</summary>
/// <param name="To">The place in the lane's text up to which it is released; null for all that is held.</param>
public sealed record ReleaseRunRequest([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? To = null);
