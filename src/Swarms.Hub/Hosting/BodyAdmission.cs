using Microsoft.AspNetCore.Http.Features;
using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Puts an <see cref="AdmittedBody"/> in the place of every request's body. Kestrel's own limit stops reading and closes the connection, so
/// a client that still sends sees a broken connection instead of the answer. After a refusal Kestrel drains the rest of the body, for at
/// most 5 seconds.
/// </summary>
internal static class BodyAdmission
{
    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false, MaxRequestBodySize: { } bytes } kestrel)
        {
            kestrel.MaxRequestBodySize = null;
            // A flood of these costs no exception, and asks nobody who calls.
            if (context.Request.ContentLength > bytes)
                return HubErrorHandler.WriteAsync(context, AdmittedBody.TooLarge(bytes));

            var services = context.RequestServices;
            var body = new AdmittedBody(
                context.Request, bytes, services.GetRequiredService<ByteBudget>(), () => HolderOf(context),
                services.GetRequiredService<TimeProvider>());
            context.Request.Body = body;
            context.Response.RegisterForDispose(body);
        }

        return next(context);
    }

    private static string HolderOf(HttpContext context) =>
        context.Features.Get<RoomCaller>()?.RoomId ?? ClientNetwork.Of(context.Connection.RemoteIpAddress);
}
