using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>The heading of a transcript.</summary>
/// <param name="Room">The room with its present name.</param>
/// <param name="Members">The present members.</param>
/// <param name="Through">The last sequence in the transcript.</param>
/// <param name="WrittenAt">The time of writing.</param>
internal sealed record TranscriptHeading(Room Room, IReadOnlyList<Member> Members, long Through, DateTimeOffset WrittenAt)
{
    public static TranscriptHeading Of(RoomLog log, DateTimeOffset now)
    {
        var through = log.Head;
        return log.Query(state => new TranscriptHeading(state.Room, [.. state.Members], through, now));
    }
}
