using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The history that the upstream got with a run, and the part that was left out.</summary>
/// <param name="Turns">The earlier turns that were sent: the newest, within the hub's limits.</param>
/// <param name="OmittedTurns">The turns that were left out: beyond the limits, or removed.</param>
/// <param name="Messages">The messages that were sent.</param>
/// <param name="OmittedMessages">The messages that were left out: beyond the limits, or removed.</param>
/// <param name="Bytes">The length of the history in UTF-8 bytes.</param>
public sealed record RunHistory(int Turns, int OmittedTurns, int Messages, int OmittedMessages, int Bytes)
{
    /// <summary>Reads the object of an event. A figure that is missing or of another type is 0.</summary>
    public static RunHistory Read(JsonElement history) => new(
        Count(history, "turns"), Count(history, "omittedTurns"), Count(history, "messages"), Count(history, "omittedMessages"),
        Count(history, "bytes"));

    private static int Count(JsonElement history, string name) => (int)(history.Number(name) ?? 0);
}
