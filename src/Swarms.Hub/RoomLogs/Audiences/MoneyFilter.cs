using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>
/// Takes costs out of all that leaves the hub for <see cref="Audience.WithoutCosts"/>. PROTOCOL.md ("Audiences") has the rules. Texts of
/// people and answers are never touched. Pure.
/// </summary>
internal static class MoneyFilter
{
    /// <summary>Returns the hub's own JSON without costs; the same memory if it has none.</summary>
    public static ReadOnlyMemory<byte> Filter(ReadOnlyMemory<byte> json) =>
        json.Span.IndexOf("ost\""u8) < 0 ? json : CostCutter.Cut(json.Span, isUpstreams: false) ?? json;

    /// <summary>Returns an event's JSON without costs; the same memory if it has none.</summary>
    public static ReadOnlyMemory<byte> FilterEvent(string type, ReadOnlyMemory<byte> json) =>
        IsWords(type) ? json
        : type == EventTypes.GroupRevealed ? CostCutter.Cut(json.Span, isUpstreams: false, upstreamsField: "events") ?? json
        : IsOwn(type) ? Filter(json)
        : CostCutter.Cut(json.Span, isUpstreams: true) ?? json;

    /// <summary>Returns JSON of the upstream without costs; a text that is no JSON stays as it is.</summary>
    public static ReadOnlyMemory<byte> FilterUpstream(ReadOnlyMemory<byte> json)
    {
        try
        {
            return CostCutter.Cut(json.Span, isUpstreams: true) ?? json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <inheritdoc cref="FilterUpstream(ReadOnlyMemory{byte})"/>
    public static string FilterUpstream(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json).AsMemory();
        var filtered = FilterUpstream(bytes);
        return filtered.Equals(bytes) ? json : Encoding.UTF8.GetString(filtered.Span);
    }

    /// <summary>Returns the run without costs.</summary>
    public static Run Hide(Run run) =>
        // The texts may have megabytes, and need no look.
        ((Run)Cut(run with { Text = null, Parts = null, Task = "" })) with { Text = run.Text, Parts = run.Parts, Task = run.Task };

    /// <summary>Returns the room without costs.</summary>
    public static Room Hide(Room room) => (Room)Cut(room);

    /// <summary>Returns a value of the wire without costs.</summary>
    public static object Hide(object value) => value is Run run ? Hide(run) : Cut(value);

    private static object Cut(object value)
    {
        var type = value.GetType();
        ReadOnlyMemory<byte> json = JsonSerializer.SerializeToUtf8Bytes(value, type, ProtocolJson.Options);
        var filtered = Filter(json);
        return filtered.Equals(json) ? value : JsonSerializer.Deserialize(filtered.Span, type, ProtocolJson.Options)!;
    }

    // Nearly all events of a room are of these types, whose data has no figures.
    private static bool IsWords(string type) =>
        type is EventTypes.Chunk or EventTypes.Message or EventTypes.MessageEdited or EventTypes.Reaction or EventTypes.Metadata
            or EventTypes.AgentStart or EventTypes.AgentEnd;

    // The hub's types: no event of the upstream is stored under them, besides usage and the endings, which the hub writes itself.
    private static bool IsOwn(string type) =>
        type is EventTypes.Usage or EventTypes.Spending or EventTypes.Done or EventTypes.Error or EventTypes.Cancelled
            or EventTypes.Declined or EventTypes.Interrupted
        || OwnPrefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));

    private static readonly string[] OwnPrefixes =
        ["run.", "room.", "member.", "agent.", "message.", "hand.", "reaction.", "budget.", "group."];
}
