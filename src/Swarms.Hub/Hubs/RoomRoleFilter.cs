using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Delivery;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>
/// Runs before every hub method: decides its <see cref="RoomRoleAttribute"/> by the same policies as the endpoints (SignalR's own
/// <c>[Authorize]</c> would refuse without a code), and turns failures into <c>code: sentence</c>.
/// </summary>
internal sealed partial class RoomRoleFilter(IAuthorizationService authorization, ILogger<RoomRoleFilter> logger) : IHubFilter
{
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        ConnectionRooms.Open(context.Context);
        return next(context);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            await AuthorizeAsync(invocationContext);
            var result = await next(invocationContext);
            return result is IAsyncEnumerable<ViewerFrame> frames ? TranslateAsync(frames) : result;
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            throw Translate(e, invocationContext.HubMethodName);
        }
    }

    // A stream fails after its method returned, where the catch above does not see it.
    private async IAsyncEnumerable<ViewerFrame> TranslateAsync(IAsyncEnumerable<ViewerFrame> frames, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var next = frames.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await next.MoveNextAsync())
                    yield break;
            }
            catch (Exception e) when (e is not (HubException or OperationCanceledException))
            {
                throw Translate(e, nameof(RoomHub.WatchRoom));
            }

            yield return next.Current;
        }
    }

    private HubException Translate(Exception exception, string method)
    {
        if (exception is HubErrorException refusal)
            return new HubException($"{refusal.Code}: {refusal.Message}");

        Log.MethodFailed(logger, method, exception);
        return new HubException($"{ErrorCodes.Internal}: The hub failed at this call. The operator finds the reason in its log.");
    }

    private async Task AuthorizeAsync(HubInvocationContext context)
    {
        if (context.HubMethod.GetCustomAttribute<RoomRoleAttribute>() is not { } required)
            return;

        if (context.HubMethodArguments is not [string { Length: > 0 } roomId, ..])
            throw new HubErrorException(ErrorCodes.Invalid, "The first argument must be the room's id.");

        var resource = new RoomResource(roomId);
        var result = await authorization.AuthorizeAsync(context.Context.User ?? new(), resource, new RoomRoleRequirement(required.Role));
        if (!result.Succeeded)
            throw result.Failure.FailureReasons.OfType<RefusalReason>().First().Refusal;

        ConnectionRooms.Of(context.Context).Admit(resource.Caller!);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} failed.")]
        public static partial void MethodFailed(ILogger logger, string method, Exception exception);
    }
}
