namespace Swarms.Hub.Protocol;

/// <summary>The formats in which a hub writes a transcript.</summary>
public static class TranscriptFormats
{
    /// <summary>Markdown.</summary>
    public const string Markdown = "md";

    /// <summary>Plain text.</summary>
    public const string Text = "txt";

    /// <summary>JSON: a room is a <see cref="Transcript"/>, a run is a <see cref="Run"/>.</summary>
    public const string Json = "json";

    /// <summary>One page that needs no other file.</summary>
    public const string Html = "html";
}
