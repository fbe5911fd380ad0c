using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Search;

/// <summary>
/// The door for searching a room over HTTP. Called by many requests at once, on any thread.
/// </summary>
internal static class SearchApi
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rooms/{room}/search", SearchAsync)
            .RequireAuthorization(RoomPolicies.Viewer)
            .WithName("search")
            .WithSummary("Searches runs, messages, agents and members.");
        return routes;
    }

    private static async Task<Ok<SearchPage>> SearchAsync(
        [Description("1 to 200 characters; up to ten words, all in one text.")] string? q,
        [OneOf(typeof(SearchKinds)), Description("All kinds if left out.")] string? kind,
        [Description("The id of the member who wrote it, or started it.")] string? by,
        [Description("The name or the id of a run's agent.")] string? agent,
        [Description("The state of a run.")] string? state,
        [Description("The earliest time, in ISO 8601.")] string? from,
        [Description("The time before which it was, in ISO 8601.")] string? to,
        [Description("The page before this sequence: `next` of the page after it.")] string? before,
        [Range(1, MaxLimit), DefaultValue("20"), Description("The most results.")] string? limit,
        RoomCaller caller, IRoomDirectory rooms, ISearchStore store, HeavyReads heavy, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(SearchTerms.Read(q))
        {
            Kind = OneOf("kind", kind, SearchKinds.Run, SearchKinds.Message, SearchKinds.Agent, SearchKinds.Member),
            By = Filter("by", by),
            Agent = Filter("agent", agent),
            State = OneOf("state", state, [RunStates.Proposed, RunStates.Queued, RunStates.Running, .. Endings]),
            From = Time("from", from),
            To = Time("to", to),
            Before = before is null ? null : Number("before", before, long.MaxValue),
            Limit = limit is null ? DefaultLimit : (int)Number("limit", limit, MaxLimit),
        };
        using var search = heavy.Begin(caller);
        using var lease = await rooms.OpenAsync(caller.RoomId, cancellationToken);
        var open = lease.Log.Query(room => room.Runs.Where(run => !RunStates.HasEnded(run.State))
            .ToDictionary(run => run.Id, run => run.State));
        return TypedResults.Ok(await store.SearchAsync(caller.RoomId, request with { OpenStates = open }, cancellationToken));
    }

    private static string[] Endings { get; } =
        [EventTypes.Done, EventTypes.Error, EventTypes.Cancelled, EventTypes.Declined, EventTypes.Interrupted];

    private static string? OneOf(string name, string? value, params string[] known) =>
        string.IsNullOrEmpty(value) ? null
        : known.Contains(value) ? value
        : throw new HubErrorException(ErrorCodes.Invalid, $"{name} must be one of {string.Join(", ", known)}, or left out.");

    private static string? Filter(string name, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : value.Length <= SearchTerms.MaxLength ? value
        : throw new HubErrorException(ErrorCodes.Invalid, $"{name} has more than {SearchTerms.MaxLength} characters.");

    private static DateTimeOffset? Time(string name, string? value) =>
        string.IsNullOrEmpty(value) ? null
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new HubErrorException(ErrorCodes.Invalid, $"{name} must be a time such as 2026-01-31T08:00:00Z.");

    private static long Number(string name, string value, long max) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new HubErrorException(
                ErrorCodes.Invalid,
                max == long.MaxValue ? $"{name} must be the next of the last page." : $"{name} must be 1 to {max}.");
}
