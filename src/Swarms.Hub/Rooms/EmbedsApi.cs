using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door at which hosts let other pages show one run, and take that back.</summary>
internal static class EmbedsApi
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    public static IEndpointRouteBuilder MapEmbeds(this IEndpointRouteBuilder routes)
    {
        var embeds = routes.MapGroup("/api/rooms/{room}/embeds").RequireAuthorization(RoomPolicies.Host);
        embeds.MapPost("", CreateAsync)
            .WithName("createEmbed")
            .WithSummary("Lets other pages show one run; the token for that is shown this once.");
        embeds.MapGet("", ListAsync)
            .WithName("listEmbeds")
            .WithSummary("The embeds that have not expired, newest first; without their tokens.");
        embeds.MapDelete("{embed}", DeleteAsync)
            .WithName("deleteEmbed")
            .WithSummary("Revokes an embed; the connections of its readers end.");
        return routes;
    }

    private static async Task<Created<EmbedCreated>> CreateAsync(
        CreateEmbedRequest request, RoomCaller caller, IRoomDirectory rooms, RunReader reader, IdGenerator ids, TokenLookups lookups,
        TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.ExpiresInSeconds is { } seconds && (seconds < 1 || seconds > MaxLifetime.TotalSeconds))
            throw new HubErrorException(ErrorCodes.Invalid, $"expiresInSeconds must be 1 to {MaxLifetime.TotalSeconds:0}.");

        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var run = await reader.GetAsync(lease.Log, Texts.Require(request.Run, "run", 200), cancellationToken);
        if (run.RemovedAt is not null)
            throw new HubErrorException(ErrorCodes.NotFound, "The run was removed.");

        var now = time.GetUtcNow();
        var embed = new Embed
        {
            Id = ids.Next(),
            Run = run.Id,
            HideTask = request.HideTask,
            By = caller.Member.Id,
            CreatedAt = now,
            ExpiresAt = now + (request.ExpiresInSeconds is { } s ? TimeSpan.FromSeconds(s) : DefaultLifetime),
        };
        var token = Secrets.Create(Secrets.EmbedPrefix);
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new EmbedChange.Add(embed, Secrets.Hash(token)));
        lookups.Remember(Secrets.Hash(token));
        return TypedResults.Created(
            $"{context.Request.PathBase}/api/rooms/{caller.RoomId}/embeds/{embed.Id}", new EmbedCreated { Embed = embed, Token = token });
    }

    private static async Task<Ok<EmbedList>> ListAsync(
        RoomCaller caller, IAccessStore store, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(new EmbedList { Embeds = await store.ListEmbedsAsync(caller.RoomId, time.GetUtcNow(), cancellationToken) });

    private static async Task<NoContent> DeleteAsync(
        [Description("The embed's id.")] string embed, RoomCaller caller, IRoomDirectory rooms, MemberConnections connections,
        CancellationToken cancellationToken)
    {
        await rooms.AppendAsync(caller.RoomId, [], cancellationToken, new EmbedChange.Delete(embed, caller.Member.Id));
        connections.EndEmbed(embed);
        return TypedResults.NoContent();
    }
}
