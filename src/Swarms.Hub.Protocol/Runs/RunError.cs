namespace Swarms.Hub.Protocol;

/// <summary>The reason why a run failed.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">A sentence; the upstream's own if it gave one.</param>
public sealed record RunError(string Code, string Message);
