using Microsoft.AspNetCore.Authorization;

namespace Swarms.Hub.Access;

/// <summary>The lowest role that a policy accepts.</summary>
internal sealed record RoomRoleRequirement(string Role) : IAuthorizationRequirement;
