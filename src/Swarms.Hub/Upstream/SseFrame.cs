namespace Swarms.Hub.Upstream;

/// <summary>A server-sent frame as the upstream sent it, secrets taken out.</summary>
/// <param name="Name">Null where the frame had no event line (<c>event: message</c> means the same and is not told apart).</param>
/// <param name="Data">JSON is always on one line; only text that is no JSON may hold line feeds.</param>
internal sealed record SseFrame(string? Name, string Data);
