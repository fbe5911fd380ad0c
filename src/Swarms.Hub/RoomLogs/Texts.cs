using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>The limits of names and texts that people enter.</summary>
internal static class Texts
{
    public const int MaxRoomName = 200;
    public const int MaxMemberName = 100;
    public const int MaxMessage = 16_384;

    // The longest emoji sequences (families, flags) have about 35 units.
    public const int MaxEmoji = 64;

    /// <summary>Returns the beginning of a text, never half of a surrogate pair.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    /// <summary>Returns the trimmed text. Refuses it if it is missing, empty or too long.</summary>
    public static string Require(string? text, string field, int maxLength)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            throw new HubErrorException(ErrorCodes.Invalid, $"{field} is missing: it should be a text of 1 to {maxLength} characters.");

        if (text.Length > maxLength)
            throw new HubErrorException(ErrorCodes.TooLarge, $"{field} has {text.Length} characters; at most {maxLength} are allowed.");

        return text;
    }
}
