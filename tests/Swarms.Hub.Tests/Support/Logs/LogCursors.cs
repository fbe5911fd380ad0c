using Swarms.Hub.Delivery;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Support;

/// <summary>Makes the cursors that viewers of a log hold.</summary>
internal static class LogCursors
{
    /// <summary>Returns the cursor of a viewer that has seen everything up to the sequence.</summary>
    public static async Task<RoomCursor> CursorAsync(this RoomLog log, long sequence)
    {
        var text = (await log.FindPositionAsync(sequence, CancellationToken.None)).ToString();
        Assert.True(RoomCursor.TryParse(text, out var cursor), text);
        return cursor;
    }

    /// <summary>Returns the start of a viewer with this cursor.</summary>
    public static async Task<ViewerStart> AfterAsync(this RoomLog log, long sequence) => new(await log.CursorAsync(sequence), null);

    /// <summary>Returns the start of a viewer that has seen everything.</summary>
    public static Task<ViewerStart> AfterHeadAsync(this RoomLog log) => log.AfterAsync(log.Head);
}
