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

    /// <summary>CSV (RFC 4180): the usage of each run, without texts. Costs are left out for a reader who may not see them.</summary>
    public const string Usage = "csv";

    /// <summary>One page that needs no other file and plays the room's events at their own pace. Only of a room.</summary>
    public const string Replay = "replay";
}
