namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The reports of all viewers of a test: the running window and the failures.</summary>
internal sealed class Gauge
{
    private readonly Lock _lock = new();
    private readonly List<string> _faults = [];
    private volatile Measurement _current = new();

    public Measurement Current => _current;

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
                return [.. _faults];
        }
    }

    /// <summary>Begins a window and returns the one before.</summary>
    public Measurement Next()
    {
        var last = _current;
        _current = new Measurement();
        return last;
    }

    public void Fault(string sentence)
    {
        lock (_lock)
            _faults.Add(sentence);
    }
}
