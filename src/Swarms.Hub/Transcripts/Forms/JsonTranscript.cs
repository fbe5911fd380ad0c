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
        TranscriptOutput output, TranscriptHeading heading, RoomLog log, string readerId, RoomTranscript transcript,
        CancellationToken cancellationToken)
    {
        var members = new Dictionary<string, Member>();
        await WriteAsync($"{{\"room\":{Encode(heading.Room)},\"writtenAt\":{Encode(heading.WrittenAt)},\"runs\":[");
        await WriteAllAsync(
            transcript.ReadRunsAsync(log, readerId, heading.Through, cancellationToken).Select(queued => Encode(queued.Run)));
        await WriteAsync("],\"messages\":[");
        await WriteAllAsync(transcript.ReadPeopleAsync(log, heading.Through, cancellationToken)
            .Where(said => Learn(members, said.Event) && said.Message is not null)
            .Select(said => Encode(MessageOf(said.Event, said.Message!))));
        await WriteAsync("],\"reactions\":[");
        await WriteAllAsync(transcript.ReadPeopleAsync(log, heading.Through, cancellationToken)
            .Where(said => said.IsReaction)
            .Select(said => Encode(ReactionOf(said.Event))));
        await WriteAsync("],\"events\":[");
        await WriteAllAsync(transcript.ReadPeopleAsync(log, heading.Through, cancellationToken)
            .Where(said => !HasItsOwnPlace(said.Event.Type))
            .Select(said => EncodeEvent(said.Event, heading.View)));
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

    private static bool HasItsOwnPlace(string type) =>
        type is EventTypes.Message or EventTypes.MessageEdited or EventTypes.MessageRemoved or EventTypes.Reaction
            or EventTypes.ReactionRemoved;

    private static string EncodeEvent(RoomEvent said, TranscriptView view)
    {
        var json = Encode(said);
        return view.ShowsCosts ? json : Encoding.UTF8.GetString(MoneyFilter.FilterEvent(said.Type, Encoding.UTF8.GetBytes(json)).Span);
    }

    // Always returns true, so that a filter can call it for each event.
    private static bool Learn(Dictionary<string, Member> members, RoomEvent said)
    {
        switch (said.Type)
        {
            case EventTypes.MemberJoined or EventTypes.MemberChanged:
                var payload = MemberPayload.Read(said.Data);
                // The event of a changed name or role does not hold the hand.
                var raisedAt = members.GetValueOrDefault(payload.Member.Id)?.HandRaisedAt;
                members[payload.Member.Id] = payload.ToMember(raisedAt is not null, raisedAt);
                break;
            case EventTypes.HandRaised:
                SetHand(said.By, said.At);
                break;
            case EventTypes.HandLowered:
                SetHand(HandPayload.Read(said.Data).Member ?? said.By, raisedAt: null);
                break;
            case EventTypes.MemberLeft:
                SetHand(MemberLeftPayload.Read(said.Data).Member.Id, raisedAt: null);
                break;
        }

        return true;

        void SetHand(string? id, DateTimeOffset? raisedAt)
        {
            if (id is not null && members.TryGetValue(id, out var member))
                members[id] = member with { HandRaised = raisedAt is not null, HandRaisedAt = raisedAt };
        }
    }

    private static TranscriptMessage MessageOf(RoomEvent said, Message message) => new(
        message.Sequence, message.At, said.By, message.Text, message.ReplyTo, message.Quote, message.EditedAt, message.RemovedBy,
        message.RemovedAt);

    private static TranscriptReaction ReactionOf(RoomEvent said)
    {
        var (emoji, target, passage) = ReactionPayload.Read(said.Data);
        return new TranscriptReaction(said.Sequence, said.At, said.By, emoji, target, passage);
    }

    /// <summary>
    /// Encodes a value so that an editor or a page that shows the JSON as it is shows it truly. Markup's end and characters that change the
    /// direction of writing are escaped; both occur in JSON's strings only.
    /// </summary>
    internal static string Encode<T>(T value) =>
        CleanText.EscapeDirections(JsonSerializer.Serialize(value, ProtocolJson.Options).Replace("</", "<\\/", StringComparison.Ordinal));
}
