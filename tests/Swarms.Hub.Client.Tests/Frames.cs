using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

/// <summary>Frames and events as a hub would send them.</summary>
internal static class Frames
{
    public static readonly Room Room = new() { Id = "room1", Name = "Biology", CreatedAt = At(0) };
    public static readonly Member Ada = new() { Id = "m1", Name = "Ada", Role = MemberRoles.Host, JoinedAt = At(0) };

    /// <summary>A cursor such as a hub gives out.</summary>
    public static string HubCursor(long sequence) => $"{sequence:x36}:{sequence}";

    public static RoomFrame Snapshot(
        long sequence, string reason = SnapshotReasons.First, string history = "h1", params IReadOnlyList<Run> runs) => new()
        {
            Kind = FrameKinds.Snapshot,
            Reason = reason,
            Cursor = $"{history}:{sequence}",
            Room = Room,
            Members = [Ada],
            Runs = runs,
            Messages = [],
            Agents = [],
        };

    public static RoomFrame Resumed(long sequence, long? head = null) =>
        new() { Kind = FrameKinds.Resumed, Cursor = $"h1:{sequence}", Head = head };

    public static RoomFrame Storage(long sequence, bool isAvailable) =>
        new() { Kind = FrameKinds.Storage, Cursor = $"h1:{sequence}", IsAvailable = isAvailable };

    public static RoomFrame Events(params IReadOnlyList<RoomEvent> events) =>
        new() { Kind = FrameKinds.Events, Cursor = $"h1:{events[^1].Sequence}", Events = events };

    public static RoomEvent Event(long sequence, string type, object? data = null, string? run = null) => new()
    {
        Sequence = sequence,
        At = At(sequence),
        Type = type,
        Run = run,
        By = Ada.Id,
        Data = JsonSerializer.SerializeToElement(data ?? new { }, ProtocolJson.Options),
    };

    public static RoomEvent Queued(long sequence, string run = "r1") =>
        Event(
            sequence,
            EventTypes.RunQueued,
            new { kind = "agent", agent = new { name = "Teacher", model = "m" }, task = "Explain", position = 0 },
            run);

    public static RoomEvent Chunk(long sequence, string content, string run = "r1") =>
        Event(sequence, EventTypes.Chunk, new { content }, run);

    public static RoomEvent Done(long sequence, string text, string run = "r1") =>
        Event(sequence, EventTypes.Done, new { bytes = Encoding.UTF8.GetByteCount(text), sha256 = Sha256(text) }, run);

    public static RoomEvent Said(long sequence) => Event(sequence, EventTypes.Message, new { text = $"message {sequence}" });

    /// <summary>The events of a span, as messages.</summary>
    public static RoomFrame Saying(long from, long to) =>
        Events([.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(sequence => Said(sequence))]);

    public static Run DoneRun(string text, string? digestOf = null) => new()
    {
        Id = "r1",
        Kind = RunKinds.Agent,
        Agent = new RunAgent("Teacher", "m"),
        Task = "Explain",
        State = EventTypes.Done,
        QueuedAt = At(1),
        Text = text,
        Bytes = Encoding.UTF8.GetByteCount(digestOf ?? text),
        Sha256 = Sha256(digestOf ?? text),
    };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static DateTimeOffset At(long second) => new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second);
}
