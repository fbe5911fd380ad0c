using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Runs;

/// <summary>The calls of the tests of runs, over HTTP as any program makes them.</summary>
internal static class RunCalls
{
    public static readonly object Story =
        new { agent_config = new { agent_name = "Writer", model_name = "gpt-4.1" }, task = "Tell a story" };

    public static Task<Answer> TryStartAsync(
        this MemberCaller member, object? request = null, string? key = null, params (string Name, string Value)[] headers) =>
        member.PostAsync($"{member.Path}/runs", new { request = request ?? Story, idempotencyKey = key }, headers);

    public static async Task<Run> StartAsync(this MemberCaller member, object? request = null, string? key = null) =>
        Started(await member.TryStartAsync(request, key));

    public static Run Started(Answer answer)
    {
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json.GetProperty("run").Deserialize<Run>(ProtocolJson.Options)!;
    }

    public static Task<Answer> TryCancelAsync(this MemberCaller member, string run) =>
        member.PostAsync($"{member.Path}/runs/{run}/cancel", new { });

    public static async Task<Run> CancelAsync(this MemberCaller member, string run) => Read(await member.TryCancelAsync(run));

    public static async Task<Run> FindAsync(this MemberCaller member, string run) =>
        Read(await member.GetAsync($"{member.Path}/runs/{run}"));

    /// <summary>Returns the run once a viewer has seen its ending.</summary>
    public static async Task<Run> EndedAsync(this MemberCaller member, string run)
    {
        await using var feed = await FeedReader.OpenAsync(member);
        await feed.UntilEndOfAsync(run);
        return await member.FindAsync(run);
    }

    /// <summary>Waits until the room has an event of this type from this run.</summary>
    public static async Task<RoomEvent> SeenAsync(this MemberCaller member, string type, string run)
    {
        await using var feed = await member.ReplayAsync();
        var seen = await feed.UntilAsync(
            item => item.EventType == type && JsonElement.Parse(item.Data).GetProperty("run").GetString() == run);
        return seen.Deserialize<RoomEvent>(ProtocolJson.Options)!;
    }

    /// <summary>Opens the feed from the room's first event.</summary>
    public static Task<FeedReader> ReplayAsync(this MemberCaller member) => FeedReader.OpenAsync(member, $"{member.Path}/events?after=0");

    /// <summary>Reads the room's log, or the events of one run.</summary>
    public static async Task<IReadOnlyList<RoomEvent>> EventsAsync(this MemberCaller member, string? run = null)
    {
        var events = new List<RoomEvent>();
        for (var after = "0"; ;)
        {
            var answer = await member.GetAsync($"{member.Path}/events?after={after}&limit=1000");
            var page = answer.Json.Deserialize<EventPage>(ProtocolJson.Options)!;
            if (page.Events.Count == 0)
                break;

            events.AddRange(page.Events);
            after = page.Cursor;
        }

        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        return [.. events.Where(e => run is null || e.Run == run)];
    }

    /// <summary>Requires one ending, as the last event of the run, and the text of its chunks; returns the run's events.</summary>
    public static async Task<IReadOnlyList<RoomEvent>> EndsOnceAsync(this MemberCaller member, string run)
    {
        var ended = await member.EndedAsync(run);
        var events = await member.EventsAsync(run);
        Assert.Equal(EventTypes.RunQueued, events[0].Type);
        Assert.Equal(events[^1], Assert.Single(events, e => EventTypes.IsEnding(e.Type)));
        Assert.Equal(events[^1].Type, ended.State);
        Assert.Equal(
            string.Concat(events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString())),
            ended.Text);
        // A run whose upstream took no call starts again.
        var begun = events.LastOrDefault(e => e.Type is EventTypes.RunStarted or EventTypes.RunWaiting);
        Assert.Equal(begun?.Type == EventTypes.RunStarted ? begun.At : null, ended.StartedAt);
        Assert.Null(ended.WaitingUntil);
        Assert.Equal(events.LastOrDefault(e => e.Type == EventTypes.Chunk)?.At, ended.LastChunkAt);
        Assert.Equal(events[^1].Type == EventTypes.Cancelled ? events[^1].By : null, ended.CancelledBy);
        return events;
    }

    private static Run Read(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.Deserialize<Run>(ProtocolJson.Options)!;
    }
}
