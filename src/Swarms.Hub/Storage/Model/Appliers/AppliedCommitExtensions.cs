using System.Text.Json;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// Asks in the transaction whether a member may do what it was allowed to begin: a removal may have been stored in between.
/// </summary>
internal static class AppliedCommitExtensions
{
    /// <summary>Requires that the member is in the room with at least that role. The hub itself, null, may do everything.</summary>
    public static void Require(this AppliedCommit commit, string? memberId, string role)
    {
        if (memberId is null)
            return;

        if (commit.Context.Members.Find(memberId) is not { HasLeft: false } member || member.RoomKey != commit.RoomKey)
            throw RoomAccess.NotInRoom();

        if (!RoleRank.IsAtLeast(member.Role, role))
            throw new HubErrorException(ErrorCodes.Forbidden, $"A {member.Role} may not do this; it takes a {role}.");
    }

    /// <summary>
    /// Requires that the room has the passage. Refuses with <c>not_found</c> a run or chunk that there is not, with <c>conflict</c> one
    /// that was removed, and with <c>invalid</c> offsets that do not fit.
    /// </summary>
    public static void RequirePassage(this AppliedCommit commit, Passage passage)
    {
        if (passage.From > passage.To || (passage.From == passage.To && passage.FromOffset >= passage.ToOffset))
            throw Invalid("The passage must end behind its beginning.");

        var (from, to) = (LengthOfChunk(commit, passage.Run, passage.From), LengthOfChunk(commit, passage.Run, passage.To));
        if (passage.FromOffset < 0 || passage.FromOffset >= from)
            throw Invalid("fromOffset must be a place in the content of the chunk from.");

        if (passage.ToOffset < 1 || passage.ToOffset > to)
            throw Invalid("toOffset must be an end in the content of the chunk to.");
    }

    private static int LengthOfChunk(AppliedCommit commit, string runId, long sequence)
    {
        if (commit.Context.Events.Find(commit.RoomKey, sequence) is not { Type: EventTypes.Chunk } chunk || chunk.Run != runId)
            throw new HubErrorException(ErrorCodes.NotFound, $"There is no chunk {sequence} of that run in this room.");

        var data = JsonElement.Parse(chunk.Data);
        return ErasedPayload.Read(data) is null
            ? ChunkPayload.Read(data).Content.Length
            : throw new HubErrorException(ErrorCodes.Conflict, "The run was removed, so nobody can refer to it.");
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
