using System.Globalization;
using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Makes names that people enter what others see: one line, in Unicode's form NFC, without anything invisible. Two names that look alike
/// are then the same text, and no name can reorder or cover the words around it. Safe from any thread.
/// </summary>
internal static class NameText
{
    // No script stacks as many. Hundreds on one letter cover the lines above and below it.
    private const int MaxMarks = 8;

    private const int BlackFlag = 0x1F3F4;
    private const int EndOfTags = 0xE007F;

    // A subdivision's flag, such as England's, has six tags.
    private const int MaxTags = 8;

    /// <summary>Returns the name as others see it. Refuses it if nothing visible is left or it is too long.</summary>
    public static string Require(string? text, string field, int maxLength)
    {
        // Bounds the work. The text may be this long before invisible characters are dropped below.
        if (text?.Length > 8 * maxLength)
            throw new HubErrorException(ErrorCodes.TooLarge, $"{field} has {text.Length} characters; at most {maxLength} are allowed.");

        var name = Normalize(text ?? "");
        if (name.Length == 0)
        {
            throw new HubErrorException(
                ErrorCodes.Invalid,
                $"{field} is missing: it should be a text of 1 to {maxLength} characters, with something visible in it.");
        }

        return Texts.Require(name, field, maxLength);
    }

    internal static string Normalize(string text) => BoundMarks(DropInvisible(text).Normalize(NormalizationForm.FormC));

    private static string DropInvisible(string text)
    {
        // Half of a surrogate pair is enumerated as U+FFFD.
        Rune[] runes = [.. text.EnumerateRunes()];
        var kept = new List<Rune>(runes.Length);
        var isSpaceDue = false;
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (Rune.IsWhiteSpace(rune))
            {
                isSpaceDue = kept.Count > 0;
                continue;
            }

            if (IsInvisible(rune) && !IsNeeded(kept, rune, i + 1 < runes.Length ? runes[i + 1] : default))
                continue;

            // A mark without a letter would sit on whatever is before the name.
            if (IsMark(rune) && (isSpaceDue || kept.Count == 0))
                continue;

            if (isSpaceDue)
                kept.Add(new Rune(' '));

            isSpaceDue = false;
            kept.Add(rune);
            if (rune.Value == BlackFlag)
                i += AddTags(kept, runes.AsSpan(i + 1));
        }

        return string.Concat(kept);
    }

    // Tags mean something only in a whole flag.
    private static int AddTags(List<Rune> kept, ReadOnlySpan<Rune> rest)
    {
        var count = 0;
        while (count < rest.Length && count <= MaxTags && rest[count].Value is >= 0xE0020 and <= EndOfTags)
        {
            if (rest[count++].Value == EndOfTags)
            {
                kept.AddRange(rest[..count]);
                return count;
            }
        }

        return 0;
    }

    // Joiners shape letters of some scripts, and join emoji; a variation selector chooses the shape of the sign before it.
    private static bool IsNeeded(List<Rune> kept, Rune rune, Rune next)
    {
        if (kept.Count == 0)
            return false;

        var before = kept[^1];
        return rune.Value switch
        {
            0x200C => IsJoining(before) && IsJoining(next),
            0x200D => (IsJoining(before) && IsJoining(next)) || (IsEmoji(before) && IsEmoji(next)),
            // Behind a digit only as a keycap, and behind no letter of an alphabet but the sign for information.
            >= 0xFE00 and <= 0xFE0F => before.Value is '#' or '*' or (>= '0' and <= '9')
                ? next.Value == 0x20E3
                : before.Value == 0x2139 || (!IsOfAlphabet(before) && !IsMark(before) && !IsInvisible(before)),
            >= 0xE0100 and <= 0xE01EF => Rune.GetUnicodeCategory(before) == UnicodeCategory.OtherLetter,
            >= 0x180B and <= 0x180F => before.Value is >= 0x1800 and <= 0x18AF,
            _ => false,
        };
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        // Signs that enclose numbers in Arabic, Syriac and Kaithi are of this category, and visible.
        UnicodeCategory.Format => rune.Value is not (
            (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD),
        // Fillers, variation selectors, and code points that are no characters.
        _ => rune.Value is 0x34F or 0x115F or 0x1160 or (>= 0x17B4 and <= 0x17B5) or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xE0000 and <= 0xE0FFF)
            || (rune.Value & 0xFFFE) == 0xFFFE,
    };

    // Arabic to Arabic Extended-A, the scripts of India to Sinhala, Tibetan, Myanmar, Khmer, Mongolian, Arabic's forms, and those beyond
    // the first plane.
    private static bool IsJoining(Rune rune) =>
        rune.Value is (>= 0x600 and <= 0xDFF) or (>= 0xF00 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) or (>= 0xFB50 and <= 0xFDFF)
            or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10A00 and <= 0x10FFF) or (>= 0x11000 and <= 0x11FFF) or (>= 0x1E900 and <= 0x1E95F)
        && (Rune.IsLetter(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark);

    // By range, because a later Unicode version's emoji have no category yet: symbols, emoji, their skin and the selector behind them.
    private static bool IsEmoji(Rune rune) => rune.Value is (>= 0x2190 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF) or 0xFE0F;

    private static bool IsOfAlphabet(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static string BoundMarks(string text)
    {
        var kept = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks <= MaxMarks)
                kept.Append(units[..rune.EncodeToUtf16(units)]);
        }

        return kept.ToString();
    }
}
