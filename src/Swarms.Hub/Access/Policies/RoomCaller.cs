using System.Reflection;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Access;

/// <summary>The member that calls an endpoint of a room, as the endpoint's policy found it.</summary>
internal sealed record RoomCaller(string RoomId, Member Member, CallerIdentity Identity)
{
    /// <summary>The lane that a host reads; null in a room. Then <see cref="RoomId"/> is the lane's id.</summary>
    public RoomLane? Lane { get; init; }

    /// <summary>The embed by which one run is read; null for members. Then <see cref="RoomId"/> is the run's id.</summary>
    public FoundEmbed? Embed { get; init; }

    public bool IsHost => Member.Role == MemberRoles.Host;

    public static ValueTask<RoomCaller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<RoomCaller>());
}
