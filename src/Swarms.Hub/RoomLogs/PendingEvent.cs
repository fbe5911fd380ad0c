using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>An event before its commit, without a sequence and a link.</summary>
internal sealed record PendingEvent
{
    /// <summary>The time of the event.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or the upstream's own.</summary>
    public required string Type { get; init; }

    /// <summary>The run of the event; null for an event outside runs.</summary>
    public string? Run { get; init; }

    /// <summary>The member who caused it.</summary>
    public string? By { get; init; }

    /// <summary>A JSON object in UTF-8, without line breaks.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The data's digest under its key, which represents it in the chain. Empty if the event was read from the store.</summary>
    public ReadOnlyMemory<byte> Digest { get; private init; }

    /// <summary>The data's key; null for an event of a run, whose events share one key.</summary>
    public DataKey? Key { get; private init; }

    /// <summary>The number of bytes that the queue counts: the data, and an estimate for the rest of an event.</summary>
    public int Weight => WeightOf(Data);

    /// <summary>Returns the number of bytes that the queue counts for an event with this data.</summary>
    public static int WeightOf(ReadOnlyMemory<byte> data) => data.Length + 128;

    /// <summary>Creates an event outside runs.</summary>
    public static PendingEvent Create<T>(DateTimeOffset at, string type, string? by, T data) =>
        CreateJson(at, type, by, Encode(data), DataKey.Create());

    /// <summary>Creates an event outside runs from JSON data and its key.</summary>
    public static PendingEvent CreateJson(DateTimeOffset at, string type, string? by, ReadOnlyMemory<byte> data, DataKey key) =>
        new() { At = at, Type = type, By = by, Data = data, Digest = key.Digest(data.Span), Key = key };

    /// <summary>Creates an event of a run.</summary>
    public static PendingEvent OfRun<T>(DateTimeOffset at, string type, RunIdentity run, string? by, T data) =>
        OfRunJson(at, type, run, by, Encode(data));

    /// <summary>Creates an event of a run from JSON data.</summary>
    public static PendingEvent OfRunJson(DateTimeOffset at, string type, RunIdentity run, string? by, ReadOnlyMemory<byte> data) =>
        new() { At = at, Type = type, Run = run.Id, By = by, Data = data, Digest = run.Key.Digest(data.Span) };

    /// <summary>Returns the event with the data that is left of it; its digest and its link stay.</summary>
    public PendingEvent Erased(ReadOnlyMemory<byte> data) => this with { Data = data };

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
