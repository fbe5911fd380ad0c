using Swarms.Hub.Protocol;

namespace Swarms.Hub.Errors;

/// <summary>The form of a refusal at the OpenAI doors, which clients of that API read. Pure.</summary>
internal static class OpenAiError
{
    /// <summary>True for the addresses of the OpenAI doors. One address below the models is the Swarms API's.</summary>
    public static bool IsSpokenAt(PathString path) =>
        path.StartsWithSegments("/v1/chat", StringComparison.Ordinal)
        || (path.StartsWithSegments("/v1/models", StringComparison.Ordinal, out var model) && model != "/available");

    /// <summary>Creates the body of a refusal.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>, or the type of a run's ending.</param>
    /// <param name="message">The sentence.</param>
    /// <param name="status">The status of the answer, which decides the type.</param>
    public static object Of(string code, string message, int status) =>
        new { error = new { message, type = TypeOf(status), param = (string?)null, code } };

    /// <summary>Creates the body of a refusal that is told within a stream.</summary>
    public static object Of(string code, string message) =>
        Of(code, message, Endings.Find(code)?.HttpStatus ?? StatusCodes.Status409Conflict);

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status402PaymentRequired => "insufficient_quota",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}
