using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms;

/// <summary>An event before it is committed: everything but its sequence.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Type">One of <see cref="EventTypes"/>, or the upstream's own.</param>
/// <param name="Run">The run it belongs to.</param>
/// <param name="By">The member who caused it.</param>
/// <param name="Data">A JSON object in UTF-8, without line breaks.</param>
internal sealed record PendingEvent(DateTimeOffset At, string Type, string? Run, string? By, ReadOnlyMemory<byte> Data)
{
    /// <summary>What the room's queue counts: data and about as much again for the rest of a short event.</summary>
    public int Weight => Data.Length + 128;

    public static PendingEvent Create<T>(DateTimeOffset at, string type, string? run, string? by, T data) =>
        new(at, type, run, by, JsonSerializer.SerializeToUtf8Bytes(data, ProtocolJson.Options));

    public RoomEvent ToRoomEvent(long sequence) => new()
    {
        Sequence = sequence,
        At = At,
        Type = Type,
        Run = Run,
        By = By,
        Data = JsonElement.Parse(Data.Span),
    };
}
