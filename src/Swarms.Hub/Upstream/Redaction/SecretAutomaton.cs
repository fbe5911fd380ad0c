namespace Swarms.Hub.Upstream;

/// <summary>
/// Finds many secrets in one pass over a text, whatever their number (Aho and Corasick, 1975). A state stands for the longest end of the
/// text so far that begins a secret. Nodes lie in breadth-first order, so that the children of a node lie side by side, sorted by their
/// unit. Immutable; safe from any thread.
/// </summary>
internal sealed class SecretAutomaton
{
    private readonly char[] _units;
    private readonly int[] _firstChild;
    private readonly int[] _begun;
    private readonly int[] _fallback;
    private readonly int[] _found;

    public SecretAutomaton(IEnumerable<string> secrets)
    {
        var sorted = secrets.Distinct().Order(StringComparer.Ordinal).ToArray();
        var (units, firstChild, depth, found) = Grow(sorted);
        _units = [.. units];
        _firstChild = [.. firstChild, units.Count];
        _begun = [.. depth];
        _found = [.. found];
        _fallback = new int[units.Count];
        LinkFallbacks();
    }

    /// <summary>Returns the state after one more unit of text.</summary>
    public int Next(int state, char unit)
    {
        while (true)
        {
            if (Child(state, unit) is var child and > 0)
                return child;

            if (state == 0)
                return 0;

            state = _fallback[state];
        }
    }

    /// <summary>Returns how many units at the end of the text may still become a secret.</summary>
    public int Begun(int state) => _begun[state];

    /// <summary>Returns the length of the longest secret that ends here; 0 if none does.</summary>
    public int Found(int state) => _found[state];

    private static (List<char> Units, List<int> FirstChild, List<int> Depth, List<int> Found) Grow(string[] sorted)
    {
        var (units, firstChild, depth, found) = (new List<char> { '\0' }, new List<int>(), new List<int> { 0 }, new List<int> { 0 });
        // A node is the range of secrets that begin with its text.
        var ranges = new List<(int From, int To)> { (0, sorted.Length) };
        for (var node = 0; node < ranges.Count; node++)
        {
            var (from, to) = ranges[node];
            var length = depth[node];
            firstChild.Add(ranges.Count);
            if (from < to && sorted[from].Length == length && length > 0)
            {
                found[node] = length;
                from++;
            }

            while (from < to)
            {
                var unit = sorted[from][length];
                var end = from + 1;
                while (end < to && sorted[end][length] == unit)
                    end++;

                units.Add(unit);
                depth.Add(length + 1);
                found.Add(0);
                ranges.Add((from, end));
                from = end;
            }
        }

        return (units, firstChild, depth, found);
    }

    // A parent and every shorter text come first in breadth-first order, so each fallback is known when it is needed.
    private void LinkFallbacks()
    {
        for (var node = 0; node < _units.Length; node++)
        {
            for (var child = _firstChild[node]; child < _firstChild[node + 1]; child++)
            {
                _fallback[child] = node == 0 ? 0 : Next(_fallback[node], _units[child]);
                _found[child] = Math.Max(_found[child], _found[_fallback[child]]);
                // A secret that is whole, and begins no other, becomes nothing else.
                if (_firstChild[child] == _firstChild[child + 1])
                    _begun[child] = _begun[_fallback[child]];
            }
        }
    }

    private int Child(int node, char unit)
    {
        var first = _firstChild[node];
        var found = _units.AsSpan(first, _firstChild[node + 1] - first).BinarySearch(unit);
        return found < 0 ? 0 : first + found;
    }
}
