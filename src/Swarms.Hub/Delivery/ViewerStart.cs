using System.Globalization;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The start of a viewer: the cursor of its last frame, a plain sequence of the present history, or a snapshot without either.
/// </summary>
/// <param name="Cursor">The cursor, which proves the history that the viewer has seen.</param>
/// <param name="Sequence">The sequence, which proves nothing. Its viewer has seen no history that could differ.</param>
internal readonly record struct ViewerStart(RoomCursor? Cursor, long? Sequence)
{
    /// <summary>Reads a cursor, or a plain sequence.</summary>
    public static ViewerStart Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new ViewerStart(null, sequence) : At(text);

    /// <summary>Reads a cursor.</summary>
    public static ViewerStart At(string? cursor) => new(LogPosition.ParseCursor(cursor), null);
}
