using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>What a transcript says before anything happens.</summary>
/// <param name="Room">As it is called now.</param>
/// <param name="Members">Who is in it now.</param>
/// <param name="Through">The last sequence that is in the transcript.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record TranscriptHeading(Room Room, IReadOnlyList<Member> Members, long Through, DateTimeOffset WrittenAt)
{
    public static TranscriptHeading Of(RoomLog log, DateTimeOffset now)
    {
        var through = log.Head;
        return log.Query(state => new TranscriptHeading(state.Room, [.. state.Members], through, now));
    }
}
