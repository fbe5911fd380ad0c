using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: Swarms.Hub.Testing.HangWatch]

namespace Swarms.Hub.Testing;

/// <summary>
/// Ends the test process when no test has begun or ended for a long time, and names the tests that were running. A hung test would
/// otherwise hold the whole run until somebody ends it, and nobody would learn its name.
/// </summary>
/// <remarks>
/// The limit measures nothing: it is far above the longest test. <c>SWARMS_HUB_HANG_MINUTES</c> raises it for long searches.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HangWatchAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("SWARMS_HUB_HANG_MINUTES"), out var minutes) ? minutes : 10);

    private static readonly ConcurrentDictionary<string, byte> Running = new();

    private static readonly ITimer Watch =
        TimeProvider.System.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running.TryAdd(test.TestDisplayName, 0);
        Watch.Change(Limit, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running.TryRemove(test.TestDisplayName, out _);
        Watch.Change(Limit, Timeout.InfiniteTimeSpan);
    }

    private static void End()
    {
        var names = Running.IsEmpty ? ["none, so what follows the tests hangs"] : Running.Keys.Order().ToArray();
        var lines = names.Select(name => $"failed {name} (no test began or ended for {Limit.TotalMinutes} min; this one was running)");
        Environment.FailFast(string.Join(Environment.NewLine, lines));
    }
}
