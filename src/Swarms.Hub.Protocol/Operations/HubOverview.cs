using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The state of a hub at one moment, for its operator.</summary>
public sealed record HubOverview
{
    /// <summary>The hub's version, with the commit that it was built from.</summary>
    public required string Version { get; init; }

    /// <summary>The time at which the process started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The sentences that say why rooms cannot be served now; empty while they can.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    /// <summary>The number of rooms.</summary>
    public required long Rooms { get; init; }

    /// <summary>The number of rooms in memory.</summary>
    public required int LoadedRooms { get; init; }

    /// <summary>The number of members of all rooms, programs included.</summary>
    public required long Members { get; init; }

    /// <summary>The number of connections that watch a room.</summary>
    public required long Viewers { get; init; }

    /// <summary>The runs that have not ended.</summary>
    public required OverviewRuns Runs { get; init; }

    /// <summary>The spending of the last seven days, in UTC, oldest first. Days without a run are left out.</summary>
    public required IReadOnlyList<OverviewDay> Spending { get; init; }

    /// <summary>The store and its disk.</summary>
    public required OverviewStore Store { get; init; }

    /// <summary>The rooms that are watched or have open runs, those with the most viewers first; at most 50.</summary>
    public required IReadOnlyList<OverviewRoom> BusyRooms { get; init; }

    /// <summary>The newest warnings and errors of the hub's log since it started, newest first; at most 50.</summary>
    public required IReadOnlyList<OverviewProblem> Problems { get; init; }
}

/// <summary>The runs of a hub that have not ended, by state.</summary>
/// <param name="Running">Runs that call an upstream.</param>
/// <param name="Queued">Runs that wait for their turn.</param>
/// <param name="Waiting">Runs that wait for the rate limit of their upstream.</param>
/// <param name="Proposed">Runs that wait for a host.</param>
public sealed record OverviewRuns(int Running, int Queued, int Waiting, int Proposed);

/// <summary>The spending of one day in all rooms.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Tokens">The tokens, known or reserved.</param>
/// <param name="Cost">The cost, known or reserved, as upstreams state it.</param>
public sealed record OverviewDay(DateOnly Day, long Tokens, decimal Cost);

/// <summary>The store of a hub.</summary>
/// <param name="Bytes">The bytes that it takes.</param>
/// <param name="FreeBytes">The bytes that its disk has left; null where nobody knows.</param>
/// <param name="MinFreeBytes">The bytes below which the hub takes nothing new; 0 without a limit.</param>
/// <param name="FailingSince">The time since which it takes no writes; null while it does.</param>
public sealed record OverviewStore(
    long Bytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? FreeBytes,
    long MinFreeBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FailingSince);

/// <summary>A room that is in use.</summary>
/// <param name="Id">The room.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">The number of its members.</param>
/// <param name="Watching">The number of members who watch it now.</param>
/// <param name="OpenRuns">The number of its runs that have not ended.</param>
/// <param name="Tokens">The tokens that its runs have used, as far as they are known.</param>
public sealed record OverviewRoom(string Id, string Name, int Members, int Watching, int OpenRuns, long Tokens);

/// <summary>A line of the hub's log.</summary>
/// <param name="At">The time.</param>
/// <param name="Level"><c>warning</c>, <c>error</c> or <c>critical</c>.</param>
/// <param name="Category">The part of the hub that wrote it.</param>
/// <param name="Message">The line, without the exception that the log has.</param>
public sealed record OverviewProblem(DateTimeOffset At, string Level, string Category, string Message);
