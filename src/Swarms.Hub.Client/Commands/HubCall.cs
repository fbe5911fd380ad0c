namespace Swarms.Hub.Client;

/// <summary>One HTTP call. A repeatable one has the same effect when it arrives twice.</summary>
internal sealed record HubCall(HttpMethod Method, string Path, string? Token = null, object? Body = null, bool IsRepeatable = false);
