
namespace Swarms.Hub.Runs;

/// <summary>Two hubs for all tests of faults: each must go on after every one of them.</summary>
public sealed class FaultyUpstreams : IAsyncDisposable
{
    /// <summary>Never loses patience with an upstream within a test.</summary>
    internal RawHub Patient { get; } = RawHub.Start(("Upstream:MaxFrameBytes", "1048576"));

    /// <summary>Loses it soon.</summary>
    internal RawHub Impatient { get; } = RawHub.Start(("Upstream:IdleTimeout", "00:00:00.7"));

    public async ValueTask DisposeAsync()
    {
        await Patient.DisposeAsync();
        await Impatient.DisposeAsync();
    }
}
