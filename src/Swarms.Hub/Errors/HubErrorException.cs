using Swarms.Hub.Protocol;

namespace Swarms.Hub.Errors;

/// <summary>
/// An expected refusal: the code and the one sentence that the caller is told, over HTTP and over the hub alike. The sentence is public
/// and holds no internals.
/// </summary>
internal sealed class HubErrorException(string code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    private static readonly TimeSpan FloodDelay = TimeSpan.FromMilliseconds(250);

    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The value that would be taken instead of the refused one, where there is one.</summary>
    public string? Suggestion { get; init; }

    /// <summary>True for a <c>conflict</c> with a state that is the wanted one already: an idempotent call then succeeds.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>
    /// Delays a refusal for too many calls. A caller that repeats them at once is slowed down, and leaves the processor to others; one that
    /// waits as it is told loses nothing. The time is real, because the caller's is.
    /// </summary>
    public async Task SlowDownAsync(CancellationToken cancellationToken)
    {
        if (Code == ErrorCodes.RateLimited)
            await Task.Delay(FloodDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
