using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>A choice of what a search finds. All of it may be left out.</summary>
public sealed record RoomSearch
{
    /// <summary>One of <see cref="SearchKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The id of the member who said or started it.</summary>
    public string? By { get; init; }

    /// <summary>The id or the name of an agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The state of a run: one of <see cref="RunStates"/>, or the type of an ending.</summary>
    public string? State { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it must be.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A page's <see cref="SearchPage.Next"/>; the newest if left out.</summary>
    public long? Before { get; init; }

    /// <summary>1 to 100; 20 if left out.</summary>
    public int? Limit { get; init; }
}
