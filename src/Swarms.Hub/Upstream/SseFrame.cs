namespace Swarms.Hub.Upstream;

/// <summary>A server-sent frame as the upstream sent it, with secrets redacted.</summary>
/// <param name="Name">Null if the frame had no event line; <c>event: message</c> means the same and also gives null.</param>
/// <param name="Data">JSON is always on one line; only text that is not JSON may hold line feeds.</param>
internal sealed record SseFrame(string? Name, string Data);
