using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Hubs;

/// <summary>
/// Ends the start if a method of a hub says neither which role it takes (<see cref="RoomRoleAttribute"/>) nor that it takes none
/// (<see cref="AllowAnonymousAttribute"/>).
/// </summary>
internal sealed class HubMethodRoles(EndpointDataSource endpoints) : IStartStep
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var hubs = endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct();
        var method = hubs.SelectMany(MethodsOf)
            .FirstOrDefault(method => method.GetCustomAttribute<RoomRoleAttribute>() is null && !IsOpen(method));
        return method is null ? Task.CompletedTask : throw new InvalidOperationException(Refusal(method));
    }

    public static bool IsOpen(MethodInfo method) => method.GetCustomAttribute<AllowAnonymousAttribute>() is not null;

    public static string Refusal(MethodInfo method) =>
        $"The hub method {method.DeclaringType!.Name}.{method.Name} does not say who may call it. Give it RoomRole or AllowAnonymous.";

    // As SignalR finds the methods that clients can call.
    private static IEnumerable<MethodInfo> MethodsOf(Type hub) =>
        from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        let origin = method.GetBaseDefinition().DeclaringType
        where !method.IsSpecialName && origin != typeof(object) && origin != typeof(Microsoft.AspNetCore.SignalR.Hub)
        select method;
}
