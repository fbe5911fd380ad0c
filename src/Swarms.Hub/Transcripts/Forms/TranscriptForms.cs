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
    private static readonly UsageCsvForm UsageCsv = new();

    /// <summary>Returns the form of a room's format; null for those that are written from the wire's own types.</summary>
    public static ITranscriptForm? Find(string? format) => format switch
    {
        null or TranscriptFormats.Markdown => Markdown,
        TranscriptFormats.Text => PlainText,
        TranscriptFormats.Html => Html,
        TranscriptFormats.Usage => UsageCsv,
        TranscriptFormats.Json or TranscriptFormats.Replay => null,
        _ => throw new HubErrorException(
            ErrorCodes.Invalid, "format must be \"md\", \"txt\", \"json\", \"html\", \"csv\" or \"replay\"."),
    };

    /// <summary>Returns the form of a run's format; null for JSON.</summary>
    public static ITranscriptForm? FindOfRun(string? format) => format == TranscriptFormats.Replay
        ? throw new HubErrorException(ErrorCodes.Invalid, "A replay is of a whole room. Ask the room's transcript for it.")
        : Find(format);

    public static string ContentTypeOf(string? format) => format switch
    {
        TranscriptFormats.Text => "text/plain; charset=utf-8",
        TranscriptFormats.Html or TranscriptFormats.Replay => "text/html; charset=utf-8",
        TranscriptFormats.Usage => "text/csv; charset=utf-8",
        TranscriptFormats.Json => Json,
        _ => "text/markdown; charset=utf-8",
    };

    /// <summary>Returns the end of a file's name: its word and its extension.</summary>
    public static (string Word, string Extension) SuffixOf(string? format) => format switch
    {
        TranscriptFormats.Replay => ("replay", "html"),
        TranscriptFormats.Usage => ("usage", "csv"),
        _ => ("transcript", format ?? TranscriptFormats.Markdown),
    };
}
