using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Swarms.Hub.Protocol;

/// <summary>
/// A viewer's place in a room's log, with a proof of the history before it. Its text form, <c>token:sequence</c>, is opaque to programs
/// that use the hub.
/// </summary>
/// <param name="Token">Proves the history up to <paramref name="Sequence"/>: equal cursors have equal histories.</param>
/// <param name="Sequence">The last event read; 0 before the first.</param>
public readonly record struct RoomCursor(string Token, long Sequence)
{
    private const int MaxTokenLength = 64;

    /// <summary>Reads the text form; returns false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RoomCursor cursor)
    {
        cursor = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon is < 1 or > MaxTokenLength)
            return false;

        if (!long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;

        cursor = new RoomCursor(text![..colon], sequence);
        return true;
    }

    /// <summary>Returns the text form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Token}:{Sequence}");
}
