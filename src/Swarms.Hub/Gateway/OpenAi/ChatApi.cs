using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>
/// The OpenAI doors: any program that speaks Chat Completions is answered here once its base URL and key are changed, and the room of that
/// key watches. Called by many requests at once; each runs its own loop. Next: <see cref="ChatCompletions"/>.
/// </summary>
internal static class ChatApi
{
    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        // The token names the room, so the doors ask the policy themselves.
        var doors = routes.MapGroup("/v1").AllowAnonymous();
        // Accepts is not declared: it would refuse requests without a content type.
        doors.MapPost("/chat/completions", AnswerAsync)
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes))
            .Produces<JsonElement>(200, "application/json", "text/event-stream")
            .AlsoRefuses(
                ErrorCodes.OverBudget, ErrorCodes.QueueFull, ErrorCodes.UpstreamUnreachable, ErrorCodes.UpstreamRejected,
                ErrorCodes.UpstreamError, ErrorCodes.UpstreamTruncated, ErrorCodes.UpstreamIdle, ErrorCodes.TooLong)
            .WithName("completeChat")
            .WithSummary("OpenAI's call for a chat completion, streamed or not; the key's room watches.");
        doors.MapGet("/models", ListAsync)
            .WithName("listDoorModels")
            .WithSummary("The models and agents that the key's room can ask for.");
        doors.MapGet("/models/{**model}", FindAsync)
            .WithName("getDoorModel")
            .WithSummary("One of these models; its name may have slashes.");
        return routes;
    }

    private static async Task AnswerAsync(HttpContext context, CompletionsCaller callers, ChatCompletions completions) =>
        await completions.AnswerAsync(context, await callers.RequireAsync(context));

    private static async Task<Ok<DoorModelList>> ListAsync(HttpContext context, CompletionsCaller callers, DoorModels models) =>
        TypedResults.Ok(new DoorModelList(await models.ListAsync(await callers.RequireAsync(context), context.RequestAborted)));

    private static async Task<Ok<DoorModel>> FindAsync(
        HttpContext context, string model, CompletionsCaller callers, DoorModels models)
    {
        var known = await models.ListAsync(await callers.RequireAsync(context), context.RequestAborted);
        return TypedResults.Ok(known.FirstOrDefault(one => one.Id == model) ?? throw new HubErrorException(
            ErrorCodes.NotFound, "The room knows no model of this name. GET /v1/models lists those that it knows."));
    }
}
