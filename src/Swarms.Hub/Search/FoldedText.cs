namespace Swarms.Hub.Search;

/// <summary>A text as <see cref="SearchText"/> folds it. Immutable.</summary>
/// <param name="Text">The folded text.</param>
/// <param name="Starts">For each unit of it, the place of its letter in the original.</param>
/// <param name="OriginalLength">The original's length.</param>
internal sealed record FoldedText(string Text, int[] Starts, int OriginalLength)
{
    /// <summary>Returns the range of the original whose letters became this range.</summary>
    public (int Start, int End) ToOriginal(int start, int end)
    {
        var last = Starts[end - 1];
        while (end < Starts.Length && Starts[end] == last)
            end++;

        return (Starts[start], end < Starts.Length ? Starts[end] : OriginalLength);
    }
}
