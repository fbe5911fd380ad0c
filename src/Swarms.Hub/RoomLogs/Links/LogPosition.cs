using System.Globalization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A place in a room's log, with the link that proves it.</summary>
/// <param name="Sequence">The last event before the place; 0 before the first.</param>
/// <param name="Link">The link of that event; null if it is older than the room's chain, as in a database of an earlier version.</param>
internal readonly record struct LogPosition(long Sequence, EventLink? Link)
{
    // All viewers see the same for now.
    private const byte Audience = 0;

    private static readonly string TokenStart = string.Create(CultureInfo.InvariantCulture, $"{RoomState.Version:x2}{Audience:x2}");

    /// <summary>Reads a cursor; null for an empty text. Refuses with <c>invalid</c> a text that is no cursor.</summary>
    public static RoomCursor? ParseCursor(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : RoomCursor.TryParse(cursor, out var parsed) ? parsed
        : throw new HubErrorException(
            ErrorCodes.Invalid, "The cursor is not one of this hub's. Give back the cursor of the last frame, or none.");

    /// <summary>True if the holder of the cursor has seen this history, folded by the rules of this version.</summary>
    public bool IsProvenBy(RoomCursor cursor) => Link is { } link && cursor.Sequence == Sequence && cursor.Token == Token(link);

    /// <summary>Returns the cursor; without a link, which nothing can prove, the plain sequence.</summary>
    public override string ToString() => Link is { } link
        ? string.Create(CultureInfo.InvariantCulture, $"{Token(link)}:{Sequence}")
        : Sequence.ToString(CultureInfo.InvariantCulture);

    private static string Token(EventLink link) => TokenStart + link;
}
