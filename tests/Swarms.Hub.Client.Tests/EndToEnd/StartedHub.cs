using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd;

/// <summary>One started hub for all tests of a class.</summary>
public sealed class StartedHub : IAsyncLifetime
{
    private HubProcess? _hub;

    internal HubProcess Hub => _hub!;

    public async ValueTask InitializeAsync() => _hub = await HubProcess.StartNewAsync();

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;
}
