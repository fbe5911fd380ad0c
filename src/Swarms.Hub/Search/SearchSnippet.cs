using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Search;

/// <summary>Finds the words in one passage, and makes its snippet and its rank. Safe from any thread.</summary>
internal static class SearchSnippet
{
    private const int Lead = 60;
    private const int MaxLength = 240;
    private const int MaxCounted = 8;
    private const string Ellipsis = "…";

    /// <summary>Returns the snippet and the part of the rank that comes from it; null if a word does not occur in the passage.</summary>
    public static (IReadOnlyList<SnippetPiece> Snippet, double Rank)? Make(string text, int start, int length, SearchTerms terms)
    {
        var passage = text.Substring(start, length);
        var folded = SearchText.Fold(passage);
        var matches = Find(folded, terms, out var rank);
        if (matches is null)
            return null;

        return (Cut(passage, matches, start > 0, start + length < text.Length), rank);
    }

    private static List<(int Start, int End)>? Find(FoldedText folded, SearchTerms terms, out double rank)
    {
        var matches = new List<(int Start, int End)>();
        rank = 0;
        foreach (var term in terms.All)
        {
            var count = 0;
            var isWhole = false;
            for (var at = 0; count < MaxCounted && (at = folded.Text.IndexOf(term, at, StringComparison.Ordinal)) >= 0; at += term.Length)
            {
                count++;
                isWhole |= !SearchText.IsOfWord(folded.Text, at - 1) && !SearchText.IsOfWord(folded.Text, at + term.Length);
                matches.Add(folded.ToOriginal(at, at + term.Length));
            }

            if (count == 0)
                return null;

            rank += ((isWhole ? 1 : 0) + ((double)count / MaxCounted)) / terms.All.Count;
        }

        matches.Sort();
        return matches;
    }

    private static List<SnippetPiece> Cut(string passage, List<(int Start, int End)> matches, bool hasBefore, bool hasAfter)
    {
        var start = FindStart(passage, matches[0].Start);
        var end = FindEnd(passage, Math.Max(matches[0].End, Math.Min(passage.Length, start + MaxLength)));
        var pieces = new List<SnippetPiece>();
        if (start > 0 || hasBefore)
            pieces.Add(new SnippetPiece(Ellipsis, false));

        var place = start;
        foreach (var (from, to) in matches)
        {
            if (from < place || from >= end)
                continue;

            Add(passage[place..from], false);
            Add(passage[from..Math.Min(to, end)], true);
            place = Math.Min(to, end);
        }

        Add(passage[place..end], false);
        if (end < passage.Length || hasAfter)
            pieces.Add(new SnippetPiece(Ellipsis, false));

        return pieces;

        void Add(string piece, bool isMatch)
        {
            if (piece.Length > 0)
                pieces.Add(new SnippetPiece(OneLine(piece), isMatch));
        }
    }

    // A snippet begins with a word where one begins nearby.
    private static int FindStart(string passage, int match)
    {
        if (match <= Lead)
            return 0;

        var earliest = match - Lead;
        var space = passage.AsSpan(earliest, Lead / 2).IndexOfAny(" \n\t");
        return SearchText.FindBorder(passage, space < 0 ? earliest : earliest + space + 1);
    }

    private static int FindEnd(string passage, int end) => SearchText.FindBorder(passage, end);

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var isSpace = char.IsWhiteSpace(letter) || char.IsControl(letter);
            if (!isSpace || line.Length == 0 || line[^1] != ' ')
                line.Append(isSpace ? ' ' : letter);
        }

        return line.ToString();
    }
}
