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
/// returned, <see cref="ViewerStreams"/> does.
/// </summary>
internal sealed class RoomRoleFilter(IAuthorizationService authorization, HubErrorTranslator failures) : IHubFilter
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
            await AuthorizeAsync(invocationContext);
            return await next(invocationContext);
        }
        catch (Exception e) when (failures.Translate(e, invocationContext.HubMethodName) is var told && told != e)
        {
            throw told;
        }
    }

    private async Task AuthorizeAsync(HubInvocationContext context)
    {
        if (context.HubMethod.GetCustomAttribute<RoomRoleAttribute>() is not { } required)
        {
            if (HubMethodRoles.IsOpen(context.HubMethod))
                return;

            throw new InvalidOperationException(HubMethodRoles.Refusal(context.HubMethod));
        }

        if (context.HubMethodArguments is not [string { Length: > 0 } roomId, ..])
            throw new HubErrorException(ErrorCodes.Invalid, "The first argument must be the room's id.");

        var resource = new RoomResource(roomId) { IsRead = required.IsRead };
        var result = await authorization.AuthorizeAsync(context.Context.User ?? new(), resource, new RoomRoleRequirement(required.Role));
        if (!result.Succeeded)
        {
            var refusal = result.Failure.FailureReasons.OfType<RefusalReason>().First().Refusal;
            // SignalR takes a connection's next call only after this one.
            await refusal.SlowDownAsync(context.Context.ConnectionAborted);
            throw refusal;
        }

        WatchedRooms.For(context.Context).Admit(resource.Caller!);
    }
}
