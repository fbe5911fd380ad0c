using System.Text;

namespace Swarms.Hub.Cli;

/// <summary>A text that grows and, after a snapshot, may turn out to be another: says what is left to print.</summary>
internal sealed class GrowingText
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public string Append(string piece)
    {
        _text.Append(piece);
        return piece;
    }

    /// <summary>Returns the missing piece of the text; or all of it, and true, if something else was printed before.</summary>
    public (string Piece, bool IsAnother) Become(string text)
    {
        var isContinued = text.StartsWith(_text.ToString(), StringComparison.Ordinal);
        var piece = isContinued ? text[_text.Length..] : text;
        _text.Clear().Append(text);
        return (piece, !isContinued);
    }
}
