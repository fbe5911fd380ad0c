using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// The events of one run that its room has not been given, in order, and the passages that hosts masked. Places are UTF-16 units of the
/// lane's text. It decides nothing about time. Used by one at a time.
/// </summary>
internal sealed class HeldText
{
    private readonly Queue<HeldItem> _items = [];
    private readonly TextClusters _clusters = new();
    private readonly List<TextRange> _masks = [];
    private int _lastMaskEnd = -1;

    /// <summary>The length of the lane's text so far.</summary>
    public int Length => _clusters.Length;

    /// <summary>The place up to which the room was given the text, or what stands for it.</summary>
    public int Released { get; private set; }

    /// <summary>The event that is released next; null while nothing is held.</summary>
    public HeldItem? Next => _items.TryPeek(out var item) ? item : null;

    /// <summary>Everything that is held, in order.</summary>
    public IEnumerable<HeldItem> Items => _items;

    /// <summary>
    /// Adds text to the end. Returns the beginning of it that must be masked: it continues a character whose beginning is masked.
    /// </summary>
    public TextRange? Append(string text)
    {
        var before = Length;
        _clusters.Append(text);
        // The character before the border decides, so the search begins inside it.
        if (before == 0 || _lastMaskEnd != before || _clusters.FindAfter(before) is var end && end == before)
            return null;

        var grown = new TextRange(before, end);
        Mask(grown);
        return grown;
    }

    /// <summary>Adds an event; its text, if it has one, was appended.</summary>
    public void Add(HeldItem item) => _items.Enqueue(item);

    /// <summary>Returns the range grown to whole characters, as far as they are not released.</summary>
    public TextRange Grow(int start, int end) => new(Math.Max(Released, _clusters.FindBefore(start)), _clusters.FindAfter(end));

    /// <summary>Returns the last border of a character that is not behind the place.</summary>
    public int FindBorder(int place) => Math.Max(Released, _clusters.FindBefore(place));

    /// <summary>Masks a range that is not released.</summary>
    public void Mask(TextRange range)
    {
        var (start, end) = (range.Start, range.End);
        _masks.RemoveAll(other =>
        {
            if (other.End < start || other.Start > end)
                return false;

            (start, end) = (Math.Min(start, other.Start), Math.Max(end, other.End));
            return true;
        });
        var index = _masks.FindIndex(other => other.Start > end);
        _masks.Insert(index < 0 ? _masks.Count : index, new TextRange(start, end));
        _lastMaskEnd = Math.Max(_lastMaskEnd, end);
    }

    /// <summary>Returns what the room gets of the next event, up to a place in the text.</summary>
    public IReadOnlyList<UpstreamEvent> Cut(HeldItem item, int to)
    {
        if (item.Event is not { Text: { } text } whole)
            return item.Event is null ? [] : [item.Event];

        var from = Math.Max(Released, item.Start);
        var masks = _masks.Where(mask => mask.Start < to && mask.End > from).ToList();
        if (masks.Count == 0 && from == item.Start && to == item.End)
            return [whole];

        var agent = ChunkPayload.Read(JsonElement.Parse(whole.Data.Span)).Agent;
        var pieces = new List<UpstreamEvent>();
        var place = from;
        foreach (var mask in masks)
        {
            AddText(Math.Max(place, mask.Start));
            var end = Math.Min(to, mask.End);
            pieces.Add(new UpstreamEvent(EventTypes.Masked, Encode(new MaskedPayload(end - place, agent))));
            place = end;
        }

        AddText(to);
        return pieces;

        void AddText(int end)
        {
            if (end <= place)
                return;

            var content = text[(place - item.Start)..(end - item.Start)];
            pieces.Add(new UpstreamEvent(EventTypes.Chunk, Encode(new ChunkPayload(content, agent)), content));
            place = end;
        }
    }

    /// <summary>Notes that the room was given the next event up to that place.</summary>
    public void Advance(HeldItem item, int to)
    {
        Released = Math.Max(Released, to);
        _masks.RemoveAll(mask => mask.End <= Released);
        if (to < item.End)
            return;

        _items.Dequeue();
        _clusters.DropBefore(Released);
    }

    private static byte[] Encode<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, ProtocolJson.Options);
}
