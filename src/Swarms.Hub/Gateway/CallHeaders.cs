using System.Globalization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway;

/// <summary>The headers by which a caller says that it repeats a call. Pure.</summary>
internal static class CallHeaders
{
    /// <summary>True where the caller's library counts its attempts, and this is not the first one.</summary>
    public static bool IsRepeated(HttpRequest request) =>
        request.Headers["X-Stainless-Retry-Count"] is [{ } count]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0;

    /// <summary>Returns the idempotency key; null without one.</summary>
    public static string? FindKey(HttpRequest request) => request.Headers["Idempotency-Key"] switch
    {
        [] => null,
        [{ Length: > 0 } key] => key,
        _ => throw new HubErrorException(ErrorCodes.Invalid, "Idempotency-Key must have 1 to 200 characters, once."),
    };
}
