namespace Swarms.Hub.Streams;

/// <summary>Writes texts of people into CSV (RFC 4180), so that no spreadsheet reads one as a formula.</summary>
internal static class CsvText
{
    /// <summary>Spreadsheets read UTF-8 if the file begins with this mark.</summary>
    public const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// Returns the text in quotes. A text that begins like a formula is one, quotes or not. Spreadsheets show an apostrophe before it as
    /// the mark of a text.
    /// </summary>
    public static string Quote(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠';
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
