using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// A room as JSON: a <see cref="Transcript"/>. Each item is written as soon as it is read. Members come last, with all who ever joined,
/// because their names are known only then.
/// </summary>
internal static class JsonTranscript
{
    public static async Task WriteAsync(
        TranscriptOutput output, TranscriptHeading heading, RoomLog log, RoomTranscript transcript, CancellationToken cancellationToken)
    {
        var members = new Dictionary<string, Member>();
        await WriteAsync($"{{\"room\":{Encode(heading.Room)},\"writtenAt\":{Encode(heading.WrittenAt)},\"runs\":[");
        await WriteAllAsync(transcript.ReadRunsAsync(log, heading.Through, cancellationToken).Select(queued => Encode(queued.Run)));
        await WriteAsync("],\"messages\":[");
        await WriteAllAsync(transcript.ReadPeopleAsync(log, heading.Through, cancellationToken)
            .Where(said => Learn(members, said) && said.Type == EventTypes.Message)
            .Select(said => Encode(new TranscriptMessage(said.Sequence, said.At, said.By, MessagePayload.Read(said.Data).Text))));
        await WriteAsync("],\"reactions\":[");
        await WriteAllAsync(transcript.ReadPeopleAsync(log, heading.Through, cancellationToken)
            .Where(said => said.Type == EventTypes.Reaction)
            .Select(said => Encode(ReactionOf(said))));
        await WriteAsync($"],\"members\":{Encode(members.Values)}}}\n");

        Task WriteAsync(string json) => output.WriteRawAsync(Encoding.UTF8.GetBytes(json), cancellationToken);

        async Task WriteAllAsync(IAsyncEnumerable<string> items)
        {
            var separator = "";
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                // An item may have megabytes, so it is not joined with its separator.
                await WriteAsync(separator);
                await WriteAsync(item);
                separator = ",";
            }
        }
    }

    // Always returns true, so that a filter can call it for each event.
    private static bool Learn(Dictionary<string, Member> members, RoomEvent said)
    {
        switch (said.Type)
        {
            case EventTypes.MemberJoined or EventTypes.MemberChanged:
                var payload = MemberPayload.Read(said.Data);
                // The event of a changed name or role does not hold the hand.
                var isRaised = members.GetValueOrDefault(payload.Member.Id)?.HandRaised == true;
                members[payload.Member.Id] = payload.ToMember(isRaised);
                break;
            case EventTypes.HandRaised or EventTypes.HandLowered:
                SetHand(said.By, said.Type == EventTypes.HandRaised);
                break;
            case EventTypes.MemberLeft:
                SetHand(MemberLeftPayload.Read(said.Data).Member.Id, isRaised: false);
                break;
        }

        return true;

        void SetHand(string? id, bool isRaised)
        {
            if (id is not null && members.TryGetValue(id, out var member))
                members[id] = member with { HandRaised = isRaised };
        }
    }

    private static TranscriptReaction ReactionOf(RoomEvent said)
    {
        var (emoji, target) = ReactionPayload.Read(said.Data);
        return new TranscriptReaction(said.Sequence, said.At, said.By, emoji, target);
    }

    /// <summary>
    /// Encodes a value so that an editor or a page that shows the JSON as it is shows it truly. Markup's end and characters that change the
    /// direction of writing are escaped; both occur in JSON's strings only.
    /// </summary>
    internal static string Encode<T>(T value) =>
        CleanText.EscapeDirections(JsonSerializer.Serialize(value, ProtocolJson.Options).Replace("</", "<\\/", StringComparison.Ordinal));
}
