using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>Answers every call with <c>starting</c> until the hub is ready, except those to the addresses for operators.</summary>
internal static class StartingGate
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.RequestServices.GetRequiredService<HubStartup>().IsReady || OperatorAddresses.Include(context.Request.Path))
            return next(context);

        // A browser that waits for the page asks again by itself.
        context.Response.Headers["Refresh"] = "2";
        return HubErrorHandler.WriteAsync(
            context, new HubErrorException(ErrorCodes.Starting, "The hub is starting. Try again in a moment.", RetryAfter));
    }
}
