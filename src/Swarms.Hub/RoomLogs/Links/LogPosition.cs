using System.Globalization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A place in a room's log, with the link that proves it.</summary>
/// <param name="Sequence">The last event before the place; 0 before the first.</param>
/// <param name="Link">The link of that event; null if it is older than the room's chain, as in a database of an earlier version.</param>
internal readonly record struct LogPosition(long Sequence, EventLink? Link)
{
    private static readonly string[] TokenStarts =
        [TokenStart(Audience.WithCosts), TokenStart(Audience.WithoutCosts), TokenStart(Audience.OneRun)];

    /// <summary>Reads a cursor; null for an empty text. Refuses with <c>invalid</c> a text that is no cursor.</summary>
    public static RoomCursor? ParseCursor(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : RoomCursor.TryParse(cursor, out var parsed) ? parsed
        : throw new HubErrorException(
            ErrorCodes.Invalid, "The cursor is not one of this hub's. Give back the cursor of the last frame, or none.");

    /// <summary>True if the cursor's holder has seen this history, with costs or without, folded by the rules of this version.</summary>
    public bool IsProvenBy(RoomCursor cursor) => FindAudience(cursor) is not null;

    /// <summary>Returns the audience for which the cursor proves this history; null if it proves another one.</summary>
    public Audience? FindAudience(RoomCursor cursor) =>
        Link is not { } link || cursor.Sequence != Sequence ? null
        : cursor.Token == Token(link, Audience.WithCosts) ? Audience.WithCosts
        : cursor.Token == Token(link, Audience.WithoutCosts) ? Audience.WithoutCosts
        : cursor.Token == Token(link, Audience.OneRun) ? Audience.OneRun
        : null;

    /// <summary>Returns the cursor of an audience; without a link, which nothing can prove, the plain sequence.</summary>
    public string ToString(Audience audience) => Link is { } link
        ? string.Create(CultureInfo.InvariantCulture, $"{Token(link, audience)}:{Sequence}")
        : Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the cursor of those who see everything.</summary>
    public override string ToString() => ToString(Audience.WithCosts);

    private static string Token(EventLink link, Audience audience) => TokenStarts[(int)audience] + link;

    private static string TokenStart(Audience audience) =>
        string.Create(CultureInfo.InvariantCulture, $"{RoomState.Version:x2}{(byte)audience:x2}");
}
