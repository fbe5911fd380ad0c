using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hubs;

/// <summary>
/// Runs before every hub method. It checks the <see cref="RoomRoleAttribute"/> by the policies of the endpoints, because SignalR's own
/// <c>[Authorize]</c> refuses without a code. It turns failures into <c>code: sentence</c>; for a stream, which fails after its method
/// returned, <see cref="ViewerStreams"/> does. Results leave without costs where the caller may not see them.
/// </summary>
internal sealed class RoomRoleFilter(IAuthorizationService authorization, MoneyAnswers answers, HubErrorTranslator failures) : IHubFilter
{
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        WatchedRooms.Open(context.Context);
        return next(context);
    }

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            var caller = await AuthorizeAsync(invocationContext);
            var result = await next(invocationContext);
            return caller is null ? result : await answers.ShowAsync(caller, result);
        }
        catch (Exception e) when (failures.Translate(e, invocationContext.HubMethodName) is var told && told != e)
        {
            throw told;
        }
    }

    // Returns null for a method that is open to all.
    private async Task<RoomCaller?> AuthorizeAsync(HubInvocationContext context)
    {
        if (context.HubMethod.GetCustomAttribute<RoomRoleAttribute>() is not { } required)
        {
            if (HubMethodRoles.IsOpen(context.HubMethod))
                return null;

            throw new InvalidOperationException(HubMethodRoles.Refusal(context.HubMethod));
        }

        if (context.HubMethodArguments is not [string { Length: > 0 } roomId, ..])
            throw new HubErrorException(ErrorCodes.Invalid, "The first argument must be the room's id.");

        var resource = new RoomResource(roomId)
        {
            IsRead = required.IsRead,
            ReadsLanes = required.ReadsLanes,
            ReadsEmbeds = required.ReadsEmbeds,
        };
        var result = await authorization.AuthorizeAsync(context.Context.User ?? new(), resource, new RoomRoleRequirement(required.Role));
        if (!result.Succeeded)
        {
            var refusal = result.Failure.FailureReasons.OfType<RefusalReason>().First().Refusal;
            // SignalR takes a connection's next call only after this one.
            await refusal.SlowDownAsync(context.Context.ConnectionAborted);
            throw refusal;
        }

        WatchedRooms.For(context.Context).Admit(resource.Caller!);
        return resource.Caller;
    }
}
