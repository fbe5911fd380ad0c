using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>The failures of the connection itself, each a code and one sentence. No exception's own text gets into a sentence.</summary>
internal static class UpstreamFaults
{
    public static UpstreamException Idle(TimeSpan timeout) =>
        new(ErrorCodes.UpstreamIdle, $"The upstream sent nothing for {Seconds(timeout)}.");

    public static UpstreamException FrameTooLarge(int maxBytes) =>
        new(ErrorCodes.UpstreamError, $"The upstream sent an event larger than {maxBytes:N0} bytes.");

    public static UpstreamException AnswerTooLarge(int maxBytes) =>
        new(ErrorCodes.UpstreamError, $"The upstream's answer is larger than {maxBytes:N0} bytes.");

    public static UpstreamException Truncated() =>
        new(ErrorCodes.UpstreamTruncated, "The upstream's answer broke off before it was complete.");

    public static UpstreamException NoJson() =>
        new(ErrorCodes.UpstreamError, "The upstream's answer is not valid JSON.");

    /// <summary>True if the upstream is at fault, not the hub.</summary>
    public static bool IsOne(Exception exception) =>
        exception is UpstreamException or HttpRequestException or IOException or OperationCanceledException;

    /// <summary>Translates an exception thrown before the answer's headers arrived.</summary>
    public static UpstreamException BeforeAnswer(Exception exception, TimeSpan connectTimeout) => exception switch
    {
        UpstreamException fault => fault,
        OperationCanceledException => Unreachable($"No connection to the upstream was made within {Seconds(connectTimeout)}."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            Unreachable("The upstream's host name is not known."),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            Unreachable("No secure connection to the upstream can be made: its certificate or its TLS version was not accepted."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
            Unreachable("No connection to the upstream can be made."),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError
                or HttpRequestError.ConfigurationLimitExceeded,
        } => new(ErrorCodes.UpstreamError, "The upstream's answer is not valid HTTP."),
        _ => new(ErrorCodes.UpstreamError, "The upstream closed the connection without an answer."),
    };

    /// <summary>Translates an exception thrown while the answer's body was read.</summary>
    public static UpstreamException WithinAnswer(Exception exception) => exception switch
    {
        UpstreamException fault => fault,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } =>
            new(ErrorCodes.UpstreamError, "The upstream's answer is not valid HTTP."),
        _ => Truncated(),
    };

    private static UpstreamException Unreachable(string sentence) => new(ErrorCodes.UpstreamUnreachable, sentence);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} seconds");
}
