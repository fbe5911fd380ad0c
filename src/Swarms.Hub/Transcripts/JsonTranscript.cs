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
                await WriteAsync(separator + item);
                separator = ",";
            }
        }
    }

    // Always returns true, so that a filter can call it for each event.
    private static bool Learn(Dictionary<string, Member> members, RoomEvent said)
    {
        if (said.Type is EventTypes.MemberJoined or EventTypes.MemberChanged)
        {
            var member = MemberPayload.Read(said.Data).ToMember(handRaised: false);
            members[member.Id] = member;
        }

        return true;
    }

    private static TranscriptReaction ReactionOf(RoomEvent said)
    {
        var (emoji, target) = ReactionPayload.Read(said.Data);
        return new TranscriptReaction(said.Sequence, said.At, said.By, emoji, target);
    }

    private static string Encode<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);
}
