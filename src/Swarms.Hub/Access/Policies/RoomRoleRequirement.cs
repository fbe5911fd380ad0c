using Microsoft.AspNetCore.Authorization;

namespace Swarms.Hub.Access;

/// <summary>The least role that a policy asks for.</summary>
internal sealed record RoomRoleRequirement(string Role) : IAuthorizationRequirement;
