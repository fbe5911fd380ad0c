using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Primitives;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway;

/// <summary>
/// Answers calls below <c>/v1</c> that no door takes. It names the doors that there are, in the forms of the Swarms API and of OpenAI, as
/// it cannot know for which of the two the caller was written. Called by many requests at once, on any thread.
/// </summary>
internal static class UnknownDoors
{
    private const string Prefix = "/v1";

    public static IEndpointRouteBuilder MapUnknownDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapFallback($"{Prefix}/{{**path}}", (RequestDelegate)AnswerAsync).AllowAnonymous();
        return routes;
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var doors = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith($"{Prefix}/", StringComparison.Ordinal) == true
                && endpoint.Metadata.GetMetadata<RefusedDoor>() is null)
            .SelectMany(endpoint => MethodsOf(endpoint).Select(method => (Method: method, Endpoint: endpoint)))
            .ToList();
        var here = doors.Where(door => Takes(door.Endpoint, context.Request.Path));
        var methods = here.Select(door => door.Method).Distinct().Order().ToArray();
        var list = string.Join(", ", doors.Select(door => $"{door.Method} {door.Endpoint.RoutePattern.RawText}").Distinct().Order());
        if (methods.Length == 0)
            return WriteAsync(context, StatusCodes.Status404NotFound, ErrorCodes.NotFound, $"The hub has no such call. It has {list}.");

        context.Response.Headers.Allow = new StringValues(methods);
        return WriteAsync(
            context, StatusCodes.Status405MethodNotAllowed, ErrorCodes.Invalid,
            $"This address does not take that method, but {string.Join(", ", methods)}. The hub has {list}.");
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool Takes(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);

    private static Task WriteAsync(HttpContext context, int status, string code, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { detail = sentence, error = new { message = sentence, type = "invalid_request_error", code } }, ProtocolJson.Options);
    }
}
