using Microsoft.AspNetCore.Authorization;

namespace Swarms.Hub.Access;

/// <summary>See <see cref="CreateRoomHandler"/>.</summary>
internal sealed record CreateRoomRequirement : IAuthorizationRequirement;
