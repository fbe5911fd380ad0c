namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.started</c>: empty.</summary>
public sealed record RunStartedPayload;
