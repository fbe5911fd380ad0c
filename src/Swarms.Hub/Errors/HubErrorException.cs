namespace Swarms.Hub.Errors;

/// <summary>
/// An expected refusal: the code and the one sentence that the caller is told, over HTTP and over the hub alike. The sentence is public
/// and holds no internals.
/// </summary>
internal sealed class HubErrorException(string code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
