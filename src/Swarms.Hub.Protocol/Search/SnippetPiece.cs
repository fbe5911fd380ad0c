namespace Swarms.Hub.Protocol;

/// <summary>A piece of a snippet.</summary>
/// <param name="Text">The text, as it was written.</param>
/// <param name="IsMatch">True if it is one of the words that were searched for.</param>
public sealed record SnippetPiece(string Text, bool IsMatch);
