using Swarms.Hub.Protocol;

namespace Swarms.Hub.Delivery;

/// <summary>A room as <c>GET /api/rooms/{room}</c> shows it: a snapshot frame, and who is asking.</summary>
internal sealed record RoomSnapshot(
    string Kind, string Reason, string Cursor, Room Room, IReadOnlyList<Member> Members, IReadOnlyList<Run> Runs, IReadOnlyList<Message> Messages, Member Me)
{
    public static RoomSnapshot Create(RoomFrame frame, Member me) => new(
        frame.Kind, frame.Reason!, frame.Cursor, frame.Room!, frame.Members!, frame.Runs!, frame.Messages!, me);
}
