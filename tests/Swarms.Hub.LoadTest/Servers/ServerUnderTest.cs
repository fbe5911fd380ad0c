using System.Net;
using Swarms.Hub.LoadTest.Generator;
using Swarms.Hub.LoadTest.Upstream;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>A started server with its rooms and its cost. Each compared product has one.</summary>
internal abstract class ServerUnderTest : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract Dialect Dialect { get; }

    public abstract IPEndPoint Address { get; }

    public abstract ProcessFigures Figures { get; }

    /// <summary>True if viewers get each run's digest.</summary>
    public virtual bool StatesDigests => false;

    public abstract Task StartAsync(LoadUpstream upstream);

    /// <summary>Creates a room with these seats.</summary>
    public abstract Task<IReadOnlyList<Seat>> CreateRoomAsync(int seats);

    /// <summary>Starts a run in the room; its chunks come from the upstream.</summary>
    public abstract Task StartRunAsync(string room);

    public abstract ValueTask DisposeAsync();
}
