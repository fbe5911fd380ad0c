using Swarms.Hub.Support;

[assembly: AssemblyFixture(typeof(SharedHub))]

namespace Swarms.Hub.Support;

/// <summary>
/// One hub for all tests without settings of their own, as rooms do not see each other. A logged warning or error fails the test run.
/// </summary>
public sealed class SharedHub : IAsyncDisposable
{
    public SharedHub() => ApiDescription.Read(Hub);

    internal HubUnderTest Hub { get; } = HubUnderTest.Start();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
