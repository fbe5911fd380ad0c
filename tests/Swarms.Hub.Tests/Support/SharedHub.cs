using Swarms.Hub.Support;

[assembly: AssemblyFixture(typeof(SharedHub))]

namespace Swarms.Hub.Support;

/// <summary>
/// One hub for all tests that need no settings of their own: rooms do not see each other. What it logs as a warning or an error
/// fails the run.
/// </summary>
public sealed class SharedHub : IAsyncDisposable
{
    internal HubUnderTest Hub { get; } = HubUnderTest.Start();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
