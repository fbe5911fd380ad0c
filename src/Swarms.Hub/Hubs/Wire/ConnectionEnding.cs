using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs.Wire;

/// <summary>The ending that one connection closes with. The first one counts. Safe from any thread.</summary>
internal sealed class ConnectionEnding(Action onNamed)
{
    private Ending? _named;

    /// <summary>Null while nothing ends the connection.</summary>
    public Ending? Value => Volatile.Read(ref _named);

    public void Name(string code)
    {
        if (Interlocked.CompareExchange(ref _named, Endings.Find(code), null) is null)
            onNamed();
    }
}
