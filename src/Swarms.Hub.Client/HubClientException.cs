using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>A call that the hub refused, or that did not reach it.</summary>
public sealed partial class HubClientException : Exception
{
    /// <summary>The <see cref="Code"/> where the hub could not be reached, or where the answer is no hub's.</summary>
    public const string HubUnreachable = "hub_unreachable";

    /// <summary>A failure with its code and its sentence.</summary>
    public HubClientException(string code, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        RetryAfter = retryAfter;
    }

    /// <summary>One of <see cref="ErrorCodes"/>, or <see cref="HubUnreachable"/>.</summary>
    public string Code { get; }

    /// <summary>How long to wait, where the hub says that waiting helps.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The name that is free, where the hub refused a taken one.</summary>
    public string? Suggestion { get; init; }

    /// <summary>True where trying again cannot help: the same call would end in the same way. <see cref="Endings"/> decides it.</summary>
    public bool IsFinal => Endings.ComeBackAfter(Code) == ComeBack.No;

    /// <summary>Reads the failure of a hub method, <c>… HubException: code: sentence</c>. Anything else is a lost connection.</summary>
    internal static HubClientException FromHub(Exception error)
    {
        if (error is HubClientException known)
            return known;

        var match = CodeAndSentence().Match(error.Message);
        return match.Success
            ? new HubClientException(match.Groups["code"].Value, match.Groups["sentence"].Value, innerException: error)
            : new HubClientException(HubUnreachable, error.Message, innerException: error);
    }

    [GeneratedRegex("(?:^|HubException: )(?<code>[a-z][a-z_]*): (?<sentence>.+)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeAndSentence();
}
