namespace Swarms.Hub.Protocol;

/// <content>What hosts mask and release.</content>
public sealed partial class RunState
{
    /// <summary>Adds a passage that the room does not get. Adjacent and overlapping ones become one.</summary>
    internal void MaskInLane(LaneMaskedPayload masked)
    {
        if (masked.Start < 0 || masked.End <= masked.Start)
            return;

        var (start, end) = (masked.Start, masked.End);
        var apart = new List<TextRange>();
        foreach (var range in _run.Masked ?? [])
        {
            if (range.End < start || range.Start > end)
                apart.Add(range);
            else
                (start, end) = (Math.Min(start, range.Start), Math.Max(end, range.End));
        }

        var index = apart.FindIndex(range => range.Start > end);
        apart.Insert(index < 0 ? apart.Count : index, new TextRange(start, end));
        _run = _run with { Masked = apart };
        _current = null;
    }

    /// <summary>Notes how far a host released the lane's text.</summary>
    internal void ReleaseInLane(LaneReleasedPayload released)
    {
        _run = _run with { ReleasedTo = Math.Max(_run.ReleasedTo ?? 0, released.To) };
        _current = null;
    }

    // Two masks with no text between them are one passage.
    private void Mask(MaskedPayload masked)
    {
        var masks = _run.Masks ?? [];
        _run = masks.Count > 0 && masks[^1] is var last && last.At == _text.Length
            ? _run with { Masks = [.. masks.SkipLast(1), last with { Length = last.Length + masked.Length }] }
            : _run with { Masks = [.. masks, new RunMask(_text.Length, masked.Length)] };
    }
}
