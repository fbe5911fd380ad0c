using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Makes a file name from a room's or an agent's name: letters and digits of any language, and hyphens for the rest. The fixed part
/// keeps it from being empty, hidden, or reserved by Windows.
/// </summary>
internal static class TranscriptFileName
{
    // Well below the 255 bytes, in UTF-8, of common file systems.
    private const int MaxBytes = 120;

    public static string OfRoom(Room room, (string Word, string Extension) suffix) =>
        $"{Slug(room.Name, "room")}-{suffix.Word}.{suffix.Extension}";

    public static string OfRun(Run run, (string Word, string Extension) suffix) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Slug(run.Agent.Name, "run")}-{run.QueuedAt.UtcDateTime:yyyyMMdd-HHmmss}.{suffix.Extension}");

    private static string Slug(string? name, string instead)
    {
        var slug = new StringBuilder();
        var bytes = 0;
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes)
                break;

            if (isWord)
                slug.Append(Rune.ToLowerInvariant(rune));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length == 0 ? instead : trimmed;
    }
}
