using System.Diagnostics;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>One monotonic clock for both ends: the upstream stamps its chunks with it, and the viewers compare.</summary>
internal static class Clock
{
    private static readonly long Started = Stopwatch.GetTimestamp();

    public static long Microseconds => (long)Stopwatch.GetElapsedTime(Started).TotalMicroseconds;
}
