namespace Swarms.Hub.Client;

/// <summary>The forms in which a hub gives a transcript.</summary>
public static class TranscriptFormats
{
    /// <summary>Markdown.</summary>
    public const string Markdown = "md";

    /// <summary>Plain text.</summary>
    public const string Text = "txt";

    /// <summary>Every event, as JSON.</summary>
    public const string Json = "json";

    /// <summary>One page that needs no other file.</summary>
    public const string Html = "html";
}
