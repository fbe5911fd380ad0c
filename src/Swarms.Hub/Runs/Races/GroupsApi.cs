using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The door for groups over HTTP: start, vote, reveal. The room's state shows them. Only one's own vote is read here: a revealed group has
/// no votes of single members. Called by many requests at once, on any thread. Next: <see cref="IRunDirectory"/>.
/// </summary>
internal static class GroupsApi
{
    public static IEndpointRouteBuilder MapRunGroups(this IEndpointRouteBuilder routes)
    {
        var maxBytes = routes.ServiceProvider.GetRequiredService<IOptions<RunOptions>>().Value.MaxRequestBytes;
        var groups = routes.MapGroup("/api/rooms/{room}/groups").RequireAuthorization(RoomPolicies.Viewer);
        groups.MapPost("", StartAsync)
            .Accepts<StartGroupRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(maxBytes))
            .AlsoRefuses(ErrorCodes.OverBudget, ErrorCodes.QueueFull)
            .WithName("startGroup")
            .WithSummary("Starts several runs of one prompt as a group.");
        groups.MapGet("{group}/vote", FindVoteAsync)
            .WithName("getVote")
            .WithSummary("Returns one's own vote in the group, also after its reveal.");
        groups.MapPut("{group}/vote", VoteAsync)
            .WithName("voteForRun")
            .WithSummary("Votes for a run of the group, in place of an earlier vote.");
        groups.MapDelete("{group}/vote", TakeBackAsync).WithName("takeBackVote").WithSummary("Takes the vote back.");
        groups.MapPost("{group}/reveal", RevealAsync)
            .RequireAuthorization(RoomPolicies.Host)
            .WithName("revealGroup")
            .WithSummary("Ends the voting, and shows what a blind group hid.");
        return routes;
    }

    private static async Task<Accepted<RunGroup>> StartAsync(
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, RoomCaller caller, IRunDirectory runs, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body is no JSON.", StatusCodes.Status415UnsupportedMediaType);

        using var body = await AdmittedBody.ReadWholeAsync(context);
        var asked = Read(body.Bytes);
        var group = await runs.StartGroupAsync(
            caller, asked with { IdempotencyKey = asked.IdempotencyKey ?? idempotencyKey }, cancellationToken);
        return TypedResults.Accepted((string?)null, group);
    }

    private static StartGroupRequest Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<StartGroupRequest>(json.Span, ProtocolJson.Options)
                ?? throw new JsonException("The body is null.", "$", 0, 0);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body does not fit.", e);
        }
    }

    private static async Task<Ok<OwnVote>> FindVoteAsync(
        string group, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.FindVoteAsync(caller, group, cancellationToken));

    private static async Task<NoContent> VoteAsync(
        string group, VoteRequest vote, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.VoteAsync(caller, group, vote.Run, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> TakeBackAsync(
        string group, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken)
    {
        await runs.TakeBackVoteAsync(caller, group, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RunGroup>> RevealAsync(
        string group, RoomCaller caller, IRunDirectory runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.RevealGroupAsync(caller, group, cancellationToken));
}
