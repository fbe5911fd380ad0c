using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// The door for messages and reactions over HTTP, with the calls of <see cref="Hubs.RoomHub"/>. Called by many requests at once, on any
/// thread. Next: <see cref="RoomMessages"/>.
/// </summary>
internal static class MessagesApi
{
    // A message's longest text, each unit as an escape of six bytes, and room for the other fields.
    private const int MaxBodyBytes = (6 * Texts.MaxMessage) + 4_096;
    private const string CursorOfTarget = "The cursor of a frame or page that holds the message, or of a later one.";
    private const string DefaultLimit = "50";
    private const int MaxLimit = 200;

    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/api/rooms/{room}").RequireAuthorization(RoomPolicies.Viewer);
        room.MapPost("messages", SayAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithName("say")
            .WithSummary("Says something in the room.");
        room.MapGet("messages", ListAsync).WithName("listMessages").WithSummary("Messages as they stand, the newest or those before one.");
        room.MapPatch("messages/{sequence}", EditAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithName("editMessage")
            .WithSummary("Edits the caller's own message; the earlier text is erased.");
        room.MapDelete("messages/{sequence}", RemoveAsync).WithName("removeMessage").WithSummary("Removes a message; its text is erased.");
        room.MapPost("reactions", ReactAsync).WithName("react").WithSummary("Reacts to an event or to a passage of a run.");
        room.MapPost("reactions/take-back", UnreactAsync).WithName("unreact").WithSummary("Takes the caller's own reaction back.");
        return routes;
    }

    private static async Task<Created<MessageSaid>> SayAsync(
        SayRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        var sequence = await messages.SayAsync(caller, request, cancellationToken);
        return TypedResults.Created((string?)null, new MessageSaid { Sequence = sequence });
    }

    private static async Task<Ok<MessagePage>> ListAsync(
        [Description("The sequence before which the page ends: the next of the last page.")] string? before,
        [Range(1, MaxLimit), DefaultValue(DefaultLimit)] string? limit,
        RoomCaller caller, IRoomDirectory rooms, IRoomStore store, CancellationToken cancellationToken)
    {
        var count = Parse(limit ?? DefaultLimit, 0) is { } number and >= 1 and <= MaxLimit
            ? (int)number
            : throw new HubErrorException(ErrorCodes.Invalid, $"limit must be 1 to {MaxLimit}.");
        var end = Parse(before, long.MaxValue)
            ?? throw new HubErrorException(ErrorCodes.Invalid, "before must be the sequence of a message: the next of the last page.");
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var messages = await store.ReadMessagesAsync(lease.Log.Key, after: 0, end, count + 1, cancellationToken);
        IReadOnlyList<Message> page = messages.Count > count ? [.. messages.Skip(1)] : messages;
        return TypedResults.Ok(new MessagePage { Messages = page, Next = messages.Count > count ? page[0].Sequence : null });
    }

    private static long? Parse(string? number, long otherwise) =>
        number is null ? otherwise
        : long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    private static async Task<NoContent> EditAsync(
        long sequence, EditMessageRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        await messages.EditAsync(caller, sequence, request, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveAsync(
        long sequence, [Description(CursorOfTarget)] string? cursor, RoomCaller caller, RoomMessages messages,
        CancellationToken cancellationToken)
    {
        await messages.RemoveAsync(caller, sequence, cursor, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReactAsync(
        ReactRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        await messages.ReactAsync(caller, request, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UnreactAsync(
        ReactRequest request, RoomCaller caller, RoomMessages messages, CancellationToken cancellationToken)
    {
        await messages.UnreactAsync(caller, request, cancellationToken);
        return TypedResults.NoContent();
    }
}
