using System.Text;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// A room as one page that plays its events at their own pace, from a disk and without a network. The events are data in the page; only its
/// own script runs, which the policy names by its hash. The events of runs that a host hid are left out.
/// </summary>
internal static class ReplayTranscript
{
    /// <summary>The most bytes of events in a page. The rest is left out, and the page says so.</summary>
    internal const long MaxBytes = 64L << 20;

    private const int PageEvents = 1000;

    public static async Task WriteAsync(
        TranscriptOutput output, TranscriptHeading heading, RoomLog log, string readerId, RoomTranscript transcript,
        CancellationToken cancellationToken)
    {
        var hidden = await FindHiddenRunsAsync(log, heading, transcript, cancellationToken);
        await output.WriteAsync(text => ReplayPage.Begin(text, heading), cancellationToken);
        var bytes = 0L;
        var isWhole = true;
        await foreach (var page in transcript.ReadEventsAsync(log, readerId, heading.Through, PageEvents, cancellationToken))
        {
            var events = page.Events.Select(committed => Show(committed, hidden)).OfType<string>().ToList();
            if (bytes > MaxBytes)
            {
                isWhole = false;
                break;
            }

            bytes += events.Sum(json => (long)json.Length);
            await output.WriteAsync(text => ReplayPage.AddEvents(text, events), cancellationToken);
        }

        await output.WriteAsync(text => ReplayPage.End(text, isWhole), cancellationToken);
    }

    private static async Task<HashSet<string>> FindHiddenRunsAsync(
        RoomLog log, TranscriptHeading heading, RoomTranscript transcript, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>();
        await foreach (var said in transcript.ReadPeopleAsync(log, heading.Through, cancellationToken))
        {
            if (said.Event.Type == EventTypes.RunHidden)
                hidden.Add(RunHiddenPayload.Read(said.Event.Data).Run);
            else if (said.Event.Type == EventTypes.RunShown)
                hidden.Remove(RunHiddenPayload.Read(said.Event.Data).Run);
        }

        return hidden;
    }

    private static string? Show(CommittedEvent committed, HashSet<string> hidden)
    {
        var json = Encoding.UTF8.GetString(committed.Json.Span);
        if (hidden.Count == 0)
            return json;

        // The revelation of a blind group holds what its runs wrote.
        var parsed = JsonNode.Parse(json)!;
        if (parsed["run"]?.GetValue<string>() is { } run && hidden.Contains(run))
            return null;

        if (committed.Type != EventTypes.GroupRevealed || parsed["data"]?["runs"] is not JsonArray runs)
            return json;

        for (var i = runs.Count - 1; i >= 0; i--)
        {
            if (runs[i]?["run"] is JsonValue id && id.TryGetValue<string>(out var revealed) && hidden.Contains(revealed))
                runs.RemoveAt(i);
        }

        return parsed.ToJsonString(ProtocolJson.Options);
    }
}
