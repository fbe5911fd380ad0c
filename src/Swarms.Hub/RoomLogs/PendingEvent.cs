using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>An event before it is committed: everything but its sequence and its link.</summary>
internal sealed record PendingEvent
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or the upstream's own.</summary>
    public required string Type { get; init; }

    /// <summary>The run it belongs to.</summary>
    public string? Run { get; init; }

    /// <summary>The member who caused it.</summary>
    public string? By { get; init; }

    /// <summary>A JSON object in UTF-8, without line breaks.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The data's digest under its key: all that the chain holds of it. Empty where the event was read from the store.</summary>
    public ReadOnlyMemory<byte> Digest { get; private init; }

    /// <summary>The data's key; null for an event of a run, which has one key for all of them.</summary>
    public DataKey? Key { get; private init; }

    /// <summary>What the room's queue counts: data and about as much again for the rest of a short event.</summary>
    public int Weight => Data.Length + 128;

    /// <summary>An event outside runs.</summary>
    public static PendingEvent Create<T>(DateTimeOffset at, string type, string? by, T data) => CreateJson(at, type, by, Encode(data), DataKey.Create());

    /// <summary>An event outside runs whose data is JSON already, and has that key.</summary>
    public static PendingEvent CreateJson(DateTimeOffset at, string type, string? by, ReadOnlyMemory<byte> data, DataKey key) =>
        new() { At = at, Type = type, By = by, Data = data, Digest = key.Digest(data.Span), Key = key };

    /// <summary>An event of a run.</summary>
    public static PendingEvent OfRun<T>(DateTimeOffset at, string type, RunIdentity run, string? by, T data) => OfRunJson(at, type, run, by, Encode(data));

    /// <summary>An event of a run whose data is JSON already.</summary>
    public static PendingEvent OfRunJson(DateTimeOffset at, string type, RunIdentity run, string? by, ReadOnlyMemory<byte> data) =>
        new() { At = at, Type = type, Run = run.Id, By = by, Data = data, Digest = run.Key.Digest(data.Span) };

    public RoomEvent ToRoomEvent(long sequence) => new()
    {
        Sequence = sequence,
        At = At,
        Type = Type,
        Run = Run,
        By = By,
        Data = JsonElement.Parse(Data.Span),
    };

    private static ReadOnlyMemory<byte> Encode<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, ProtocolJson.Options);
}
