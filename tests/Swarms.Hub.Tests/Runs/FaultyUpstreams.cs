
namespace Swarms.Hub.Runs;

/// <summary>Two hubs for all tests of faults; each must go on after every fault.</summary>
public sealed class FaultyUpstreams : IAsyncDisposable
{
    /// <summary>A hub whose idle timeout is longer than any test.</summary>
    internal RawHub Patient { get; } = RawHub.Start(
        ("Upstream:MaxFrameBytes", "1048576"), ("Upstream:MaxRateLimitWait", "00:00:00"));

    /// <summary>A hub with a short idle timeout.</summary>
    internal RawHub Impatient { get; } = RawHub.Start(("Upstream:IdleTimeout", "00:00:00.7"));

    public async ValueTask DisposeAsync()
    {
        await Patient.DisposeAsync();
        await Impatient.DisposeAsync();
    }
}
