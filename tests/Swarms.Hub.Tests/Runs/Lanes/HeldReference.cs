using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>What a room must have of a run whose text is held, worked out character by character.</summary>
internal sealed class HeldReference(int seconds)
{
    private readonly StringBuilder _text = new();
    private readonly List<bool> _masked = [];
    private readonly List<(int Start, int End, DateTimeOffset At)> _chunks = [];
    private int _freed;
    private int _releasedTo;
    private int _next;

    public int Length => _text.Length;

    public int Released { get; private set; }

    public string Text => _text.ToString();

    /// <summary>The text that the room has.</summary>
    public string Given => string.Concat(Enumerable.Range(0, Released).Where(i => !_masked[i]).Select(i => _text[i]));

    /// <summary>Everything that the room does not have, besides marks and joiners, which are not unique.</summary>
    public IEnumerable<string> Hidden
    {
        get
        {
            for (var i = 0; i < Length; i++)
            {
                if ((i >= Released || _masked[i]) && _text[i] is >= '\u4E00' and <= '\u9FFF')
                    yield return _text[i].ToString();
                else if ((i >= Released || _masked[i]) && char.IsHighSurrogate(_text[i]))
                    yield return _text.ToString(i, 2);
            }
        }
    }

    public IReadOnlyList<RunMask> Masks
    {
        get
        {
            var masks = new List<RunMask>();
            var at = 0;
            for (var i = 0; i < Released; i++)
            {
                if (!_masked[i])
                    at++;
                else if (masks.Count > 0 && masks[^1].At == at)
                    masks[^1] = masks[^1] with { Length = masks[^1].Length + 1 };
                else
                    masks.Add(new RunMask(at, 1));
            }

            return masks;
        }
    }

    public void Append(string text, DateTimeOffset at)
    {
        var before = Length;
        _text.Append(text);
        _masked.AddRange(text.Select(_ => false));
        _chunks.Add((before, Length, at));
        if (before > 0 && _masked[before - 1])
            Set(before, Borders().First(border => border >= before));
    }

    /// <summary>Returns the status of the answer.</summary>
    public int Mask(int start, int end)
    {
        if (start < 0 || end <= start || end > Length)
            return 400;

        if (start < Released)
            return 409;

        var borders = Borders();
        Set(Math.Max(Released, borders.Last(border => border <= start)), borders.First(border => border >= end));
        return 204;
    }

    public int Release(int? to)
    {
        if (to < 0 || to > Length)
            return 400;

        if (to is null || to == Length)
        {
            (_freed, _releasedTo) = (Length, Length);
            return 204;
        }

        _releasedTo = Math.Max(_releasedTo, Borders().Last(border => border <= to));
        return 204;
    }

    /// <summary>Gives the room what is due.</summary>
    public void Settle(DateTimeOffset now)
    {
        while (_next < _chunks.Count)
        {
            var (_, end, at) = _chunks[_next];
            if (end <= _freed || now - at >= TimeSpan.FromSeconds(seconds))
                Released = end;
            else
                Released = Math.Max(Released, Math.Min(_releasedTo, end));

            if (Released < end)
                return;

            _next++;
        }
    }

    private void Set(int start, int end)
    {
        for (var i = start; i < end; i++)
            _masked[i] = true;
    }

    private int[] Borders() => [.. StringInfo.ParseCombiningCharacters(Text), Length];
}
