namespace Swarms.Hub.Testing;

/// <summary>Waits with a limit. The limit measures nothing; it is long enough for a machine on which twenty tests want two cores.</summary>
public static class Deadline
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Throws <see cref="TimeoutException"/> if the task does not complete in time.</summary>
    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="InTime(Task)"/>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="InTime(Task)"/>
    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);
}
