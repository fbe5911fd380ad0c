using Swarms.Hub.Search;

namespace Swarms.Hub.Storage.Model;

/// <summary>A passage of a field, as the index has it.</summary>
/// <param name="Part">Its place among the passages of its document.</param>
/// <param name="Field">The field.</param>
/// <param name="Start">Its first UTF-16 unit in the field.</param>
/// <param name="Length">Its length there.</param>
internal readonly record struct SearchPiece(int Part, SearchedField Field, int Start, int Length)
{
    // A passage is what one slice adds or removes, and all words of a query must be in one.
    private const int MinUnits = 2_048;

    // A word across a border is whole in one of both.
    private const int Overlap = 256;

    /// <summary>The passage, folded.</summary>
    public string Fold() => SearchText.Fold(Field.Text.Substring(Start, Length)).Text;

    /// <summary>Cuts a document. The same document is always cut in the same way.</summary>
    public static List<SearchPiece> Cut(SearchDocument document)
    {
        var length = document.Fields.Sum(field => (long)field.Text.Length);
        // A longer text has longer passages, so that there is a number for each.
        var size = (int)Math.Max(MinUnits, Overlap + (length / (SearchPieceId.MaxParts / 2)));
        var pieces = new List<SearchPiece>();
        foreach (var field in document.Fields)
        {
            for (var start = 0; start < field.Text.Length && pieces.Count < SearchPieceId.MaxParts;)
            {
                var end = SearchText.FindBorder(field.Text, Math.Min(field.Text.Length, start + size));
                pieces.Add(new SearchPiece(pieces.Count, field, start, end - start));
                start = end >= field.Text.Length ? end : Math.Max(start + 1, SearchText.FindBorder(field.Text, end - Overlap));
            }
        }

        return pieces;
    }
}
