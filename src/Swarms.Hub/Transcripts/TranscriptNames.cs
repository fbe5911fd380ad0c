using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>The names of members, as far as the log has been read. Used by the loop that reads it.</summary>
internal sealed class TranscriptNames
{
    public const string Unknown = "somebody";

    private readonly Dictionary<string, string> _names = [];

    public void Learn(RoomEvent roomEvent)
    {
        if (roomEvent.Type is not (EventTypes.MemberJoined or EventTypes.MemberChanged))
            return;

        var member = MemberPayload.Read(roomEvent.Data).Member;
        _names[member.Id] = member.Name;
    }

    public string? Find(string? memberId) => memberId is null ? null : _names.GetValueOrDefault(memberId);

    public string Of(string? memberId) => Find(memberId) ?? Unknown;
}
