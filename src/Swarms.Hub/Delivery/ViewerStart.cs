using System.Globalization;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Delivery;

/// <summary>
/// The place where a viewer begins: at the cursor of the last frame that it was given, at a plain sequence of the history as it is now,
/// or, with neither, at a snapshot.
/// </summary>
/// <param name="Cursor">Proves what the viewer has seen.</param>
/// <param name="Sequence">Proves nothing: whoever gives it has seen nothing that could disagree.</param>
internal readonly record struct ViewerStart(RoomCursor? Cursor, long? Sequence)
{
    /// <summary>Reads a cursor, or a plain sequence.</summary>
    public static ViewerStart Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new ViewerStart(null, sequence) : At(text);

    /// <summary>Reads a cursor.</summary>
    public static ViewerStart At(string? cursor) => new(LogPosition.ParseCursor(cursor), null);
}
