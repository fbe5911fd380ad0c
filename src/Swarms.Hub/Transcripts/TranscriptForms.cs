using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>The transcript formats of PROTOCOL.md.</summary>
internal static class TranscriptForms
{
    public const string Json = "application/json";

    private static readonly MarkdownForm Markdown = new();
    private static readonly PlainTextForm PlainText = new();
    private static readonly HtmlForm Html = new();

    /// <summary>Returns the form of a format; null for JSON, which is written from the wire's own types.</summary>
    public static ITranscriptForm? Find(string? format) => format switch
    {
        null or "md" => Markdown,
        "txt" => PlainText,
        "html" => Html,
        "json" => null,
        _ => throw new HubErrorException(ErrorCodes.Invalid, "format must be \"md\", \"txt\", \"json\" or \"html\"."),
    };
}
