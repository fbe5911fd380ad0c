using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>The door for admitting programs and listing them. Removing the program's member revokes its token.</summary>
internal static class ProgramsApi
{
    public static IEndpointRouteBuilder MapPrograms(this IEndpointRouteBuilder routes)
    {
        var programs = routes.MapGroup("/api/rooms/{room}/programs").RequireAuthorization(RoomPolicies.Host);
        programs.MapPost("", CreateAsync)
            .WithName("createProgram")
            .WithSummary("Admits a program as a member; its token is shown this once.");
        programs.MapGet("", ListAsync)
            .WithName("listPrograms")
            .WithSummary("The programs of the room, with the lifetime and last use of their tokens.");
        return routes;
    }

    private static async Task<Created<ProgramCreated>> CreateAsync(
        CreateProgramRequest request, RoomCaller caller, RoomLifecycle lifecycle, Admissions admissions,
        CancellationToken cancellationToken)
    {
        var name = NameText.Require(request.Name, "name", Texts.MaxMemberName);
        var role = request.Role ?? MemberRoles.Participant;
        if (!MemberRoles.IsRole(role))
            throw new HubErrorException(ErrorCodes.Invalid, "role must be \"host\", \"participant\" or \"viewer\".");

        var access = NewAccess.CreateToken(admissions.ExpiresAt(request.ExpiresInSeconds));
        var member = await lifecycle.AdmitProgramAsync(caller, name, role, request.Unmoderated, access, cancellationToken);
        return TypedResults.Created(
            $"/api/rooms/{caller.RoomId}/members/{member.Id}",
            new ProgramCreated { Member = member, Token = access.Secret, ExpiresAt = access.ExpiresAt });
    }

    private static async Task<Ok<ProgramList>> ListAsync(RoomCaller caller, IAccessStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ProgramList { Programs = await store.ListProgramsAsync(caller.RoomId, cancellationToken) });
}
