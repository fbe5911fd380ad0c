using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>The heading of a transcript.</summary>
/// <param name="Room">The room with its present name.</param>
/// <param name="Members">The present members.</param>
/// <param name="Through">The last sequence in the transcript.</param>
/// <param name="WrittenAt">The time of writing.</param>
/// <param name="View">The view of its reader.</param>
internal sealed record TranscriptHeading(
    Room Room, IReadOnlyList<Member> Members, long Through, DateTimeOffset WrittenAt, TranscriptView View)
{
    /// <summary>Returns the heading for a reader, who may not see costs.</summary>
    public static TranscriptHeading Of(RoomLog log, string readerId, DateTimeOffset now, TimeZoneInfo zone)
    {
        var through = log.Head;
        var view = new TranscriptView(zone, log.AudienceOf(readerId) == Audience.WithCosts);
        var heading = log.Query(state => new TranscriptHeading(state.Room, [.. state.Members], through, now, view));
        return heading with { Room = log.ShowTo(readerId, heading.Room) };
    }
}
