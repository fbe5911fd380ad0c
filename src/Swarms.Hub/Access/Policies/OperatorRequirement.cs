using Microsoft.AspNetCore.Authorization;

namespace Swarms.Hub.Access;

/// <summary>See <see cref="OperatorHandler"/>.</summary>
/// <param name="What">What takes the operator's key, as the subject of the refusal's sentence.</param>
internal sealed record OperatorRequirement(string What) : IAuthorizationRequirement;
