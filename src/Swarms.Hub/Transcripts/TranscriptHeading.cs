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
    /// <summary>Returns the heading for a reader, who may not see costs.</summary>
    public static TranscriptHeading Of(RoomLog log, string readerId, DateTimeOffset now)
    {
        var through = log.Head;
        var heading = log.Query(state => new TranscriptHeading(state.Room, [.. state.Members], through, now));
        return heading with { Room = log.ShowTo(readerId, heading.Room) };
    }
}
