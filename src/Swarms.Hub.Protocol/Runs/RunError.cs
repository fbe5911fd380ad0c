namespace Swarms.Hub.Protocol;

/// <summary>Why a run failed.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">A sentence; the upstream's own words where it gave any.</param>
public sealed record RunError(string Code, string Message);
