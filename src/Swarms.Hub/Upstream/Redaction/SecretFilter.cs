using System.Text;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Redacts the secrets in one text that comes in pieces, wherever it is cut. It holds back only what may still become a secret. Its work
/// is linear in the text, whatever the number of secrets. Used by one loop, in order.
/// </summary>
/// <param name="secrets">The secrets.</param>
/// <param name="minHeld">How many characters of a secret are held back. Fewer come at once, because every text ends like that.</param>
internal sealed class SecretFilter(SecretAutomaton secrets, int minHeld = SecretFilter.MinHeld)
{
    private const int MinHeld = 4;
    private const string Redacted = "[redacted]";

    // This text was read and not yet written. Positions count units from the text's beginning.
    private readonly StringBuilder _held = new();
    private readonly LinkedList<(long From, long To)> _found = [];
    private int _state;
    private long _read;
    private long _written;
    private long _redactedTo;

    /// <summary>Returns what became ready by this piece; it may be empty.</summary>
    public string Add(string piece)
    {
        foreach (var unit in piece)
        {
            _read++;
            _state = secrets.Next(_state, unit);
            if (secrets.Found(_state) is var length and > 0)
                Mark(_read - length);
        }

        var begun = secrets.Begun(_state) is var units && units >= minHeld ? units : 0;
        var isPlain = _held.Length == 0 && _found.Count == 0 && begun == 0 && _redactedTo <= _written;
        if (isPlain)
        {
            _written = _read;
            return piece;
        }

        _held.Append(piece);
        return Write(_read - begun);
    }

    /// <summary>Returns what was held back, because the text is over. The next piece begins another text.</summary>
    public string Finish()
    {
        _state = 0;
        return Write(_read);
    }

    // Secrets that overlap are redacted as one, also where the first of them was written already. A beginning that was written stays.
    private void Mark(long from)
    {
        while (_found.Last is { } last && from < last.Value.To)
        {
            from = Math.Min(from, last.Value.From);
            _found.RemoveLast();
        }

        if (_found.Count == 0 && from < _redactedTo)
            _redactedTo = _read;
        else
            _found.AddLast((Math.Max(from, _written), _read));
    }

    private string Write(long end)
    {
        var ready = new StringBuilder();
        var begin = _written;
        while (_written < end)
        {
            if (_written < _redactedTo)
            {
                _written = Math.Min(end, _redactedTo);
                continue;
            }

            var plainTo = _found.First is { } next ? Math.Min(end, next.Value.From) : end;
            ready.Append(_held, (int)(_written - begin), (int)(plainTo - _written));
            _written = plainTo;
            if (plainTo < end && _found.First is { } found)
            {
                ready.Append(Redacted);
                _redactedTo = found.Value.To;
                _found.RemoveFirst();
            }
        }

        _held.Remove(0, (int)(_written - begin));
        return ready.ToString();
    }
}
