using System.Text.RegularExpressions;

namespace Swarms.Hub.Support;

/// <summary>Finds internals that a caller must never see: types, stack traces, files.</summary>
internal static partial class Leaks
{
    public static void Refuse(string text) => Assert.DoesNotMatch(Inside(), text);

    [GeneratedRegex(
        @"(?<!Hub)Exception\b|\bSystem\.|\bMicrosoft\.|\bat [\w.]+\(|\.cs\b|/usr/|/home/|/tmp/|\.dll"
        + @"|Sqlite|SQLite|Swarms\.Hub\.\w|LineNumber|JsonElement")]
    private static partial Regex Inside();
}
