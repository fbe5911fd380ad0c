using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Commands;

/// <summary>
/// Checks that each erased event of a room was erased by the event that it names. Otherwise whoever can write the file could erase an event
/// and leave its digest. Used for one room, with its events in order.
/// </summary>
internal sealed class ErasureClaims(IReadOnlyCollection<string> runs)
{
    // A group is revealed anew. No event has the sequence below zero.
    private static readonly (string? Run, long Message) Revealed = (null, -1);

    // By the event that is said to have erased; each with the first event that says so.
    private readonly Dictionary<long, Dictionary<(string? Run, long Message), long>> _claims = [];

    /// <summary>Notes an erased event. Returns false if its data is not of the form that an erasure leaves.</summary>
    public bool TryAdd(long sequence, string type, string? run, string data)
    {
        if (Read(data) is not { } left || left.Erased <= sequence || (left.Quote is { } quote && !runs.Contains(quote.Run)))
            return false;

        var claim = run is not null ? (run, 0L)
            : type == EventTypes.GroupRevealed ? Revealed
            : (null, type == EventTypes.MessageEdited ? left.Target ?? 0 : sequence);
        if (!_claims.TryGetValue(left.Erased, out var claims))
            _claims.Add(left.Erased, claims = []);

        claims.TryAdd(claim, sequence);
        return true;
    }

    /// <summary>Compares an event with those that name it. Returns what is wrong; null if nothing is.</summary>
    public string? FindMisfit(long sequence, string type, string data)
    {
        if (!_claims.Remove(sequence, out var claims))
            return null;

        var said = Parse(data);
        var erased = type switch
        {
            EventTypes.RunRemoved => (RunRemovedPayload.Read(said).Run, 0L),
            EventTypes.MessageEdited => (null, MessageEditedPayload.Read(said).Target),
            EventTypes.GroupRevealed => Revealed,
            EventTypes.MessageRemoved => (null, MessageRemovedPayload.Read(said).Target),
            _ => ((string?)null, 0L),
        };
        var unsaid = claims.Where(claim => claim.Key != erased).Select(claim => (long?)claim.Value).Min();
        return unsaid is { } first ? Sentence(first, sequence) : null;
    }

    /// <summary>Returns what is wrong at the end of the room: an event that names one that there is not.</summary>
    public string? FindRest() => _claims.Count == 0
        ? null
        : Sentence(_claims.Min(claims => claims.Value.Values.Min()), _claims.MinBy(claims => claims.Value.Values.Min()).Key);

    private static string Sentence(long sequence, long by) => $"event {sequence} was erased, and event {by} does not say so.";

    private static ErasedPayload? Read(string data) =>
        ErasedPayload.Read(Parse(data)) is { } left && System.Text.Encoding.UTF8.GetString(ErasedData.Encode(left)) == data ? left : null;

    private static JsonElement Parse(string data)
    {
        try
        {
            return JsonElement.Parse(data);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
