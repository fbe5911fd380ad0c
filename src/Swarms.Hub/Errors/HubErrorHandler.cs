using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Errors;

/// <summary>
/// Turns failures into HTTP answers: problem details with a code, or the form of the API that a door under <c>/v1</c> speaks. An unexpected
/// exception is reported only as an internal failure. Safe from any thread.
/// </summary>
internal sealed partial class HubErrorHandler(ILogger<HubErrorHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;

        var isOtherKind = exception is BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType };
        if (isOtherKind)
            httpContext.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;

        await WriteAsync(httpContext, Explain(exception), keepStatus: isOtherKind);
        return true;
    }

    /// <summary>
    /// Writes the body of an answer that the framework leaves empty: no such route, no such method, another content type.
    /// </summary>
    public static Task WriteStatusAsync(HttpContext context) => WriteAsync(context, context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new HubErrorException(ErrorCodes.NotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new HubErrorException(ErrorCodes.Invalid, "This address does not take that method."),
        StatusCodes.Status415UnsupportedMediaType => new HubErrorException(ErrorCodes.Invalid, "Send the body as application/json."),
        StatusCodes.Status401Unauthorized => new HubErrorException(ErrorCodes.Unauthenticated, "This call needs a valid token."),
        _ => new HubErrorException(ErrorCodes.Invalid, "The request could not be understood."),
    }, keepStatus: true);

    private HubErrorException Explain(Exception exception)
    {
        switch (exception)
        {
            case HubErrorException refusal:
                return refusal;
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return new HubErrorException(ErrorCodes.Invalid, "Send the body as application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return new HubErrorException(
                    ErrorCodes.Invalid,
                    "The body is not valid JSON, or a field is missing or of another type than it should be "
                    + $"(at {json.Path ?? "$"}, line {json.LineNumber + 1}).");
            case BadHttpRequestException:
                return new HubErrorException(ErrorCodes.Invalid, "A part of the request is missing, or is not what it should be.");
            default:
                Log.RequestFailed(logger, exception);
                return new HubErrorException(
                    ErrorCodes.Internal, "The hub failed at this request. The operator finds the reason in its log.");
        }
    }

    /// <summary>Answers with a refusal; if the answer has begun, aborts the connection.</summary>
    public static async Task WriteAsync(HttpContext context, HubErrorException error, bool keepStatus = false)
    {
        await error.SlowDownAsync(context.RequestAborted);
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        if (!keepStatus)
            response.StatusCode = Endings.Find(error.Code)?.HttpStatus ?? StatusCodes.Status500InternalServerError;

        if (error.RetryAfter is { } retryAfter)
            response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        if (response.StatusCode == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";

        if (OpenAiError.IsSpokenAt(context.Request.Path))
            await WriteOpenAiAsync(response, error);
        else if (context.Request.Path.StartsWithSegments("/v1"))
            await response.WriteAsJsonAsync(new { detail = error.Message }, ProtocolJson.Options);
        else
            await WriteProblemAsync(response, error);
    }

    private static Task WriteOpenAiAsync(HttpResponse response, HubErrorException error)
    {
        // Clients of that API repeat a call after 409, which would be refused again.
        if (response.StatusCode == StatusCodes.Status409Conflict)
            response.Headers["x-should-retry"] = "false";

        return response.WriteAsJsonAsync(OpenAiError.Of(error.Code, error.Message, response.StatusCode), ProtocolJson.Options);
    }

    private static Task WriteProblemAsync(HttpResponse response, HubErrorException error)
    {
        var problem = new ProblemDetails
        {
            Status = response.StatusCode,
            Title = error.Message,
            Detail = error.Message,
            Extensions = { ["code"] = error.Code },
        };
        if (error.Suggestion is { } suggestion)
            problem.Extensions["suggestion"] = suggestion;

        return response.WriteAsJsonAsync(problem, ProtocolJson.Options, contentType: "application/problem+json");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request failed.")]
        public static partial void RequestFailed(ILogger logger, Exception exception);
    }
}
