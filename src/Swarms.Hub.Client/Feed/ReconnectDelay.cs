namespace Swarms.Hub.Client;

internal static class ReconnectDelay
{
    private static readonly TimeSpan FirstCap = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait before an attempt: none before the first, then a random part of a cap that doubles from one second
    /// (full jitter, so that a room full of people does not come back in waves).
    /// </summary>
    /// <param name="failures">Attempts that have failed since the last good connection.</param>
    /// <param name="longest">The cap's own cap.</param>
    /// <param name="part">A random number from 0 to 1.</param>
    public static TimeSpan After(int failures, TimeSpan longest, double part)
    {
        if (failures == 0)
            return TimeSpan.Zero;

        var cap = FirstCap * Math.Pow(2, Math.Min(failures - 1, 30));
        return part * (cap < longest ? cap : longest);
    }
}
