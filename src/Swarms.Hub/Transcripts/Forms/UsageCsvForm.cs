using System.Globalization;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// The usage of each run as CSV (RFC 4180), one line a run. It has no texts. The column of costs is left out for a reader who may not see
/// them.
/// </summary>
internal sealed class UsageCsvForm : ITranscriptForm
{
    private static readonly string[] Columns =
    [
        "run", "kind", "agent", "model", "askedBy", "member", "state", "queuedAt", "startedAt", "endedAt", "seconds", "inputTokens",
        "outputTokens", "totalTokens", "cost", "bytes",
    ];

    public void Begin(StringBuilder output, TranscriptHeading heading) => output
        .Append(CsvText.ByteOrderMark)
        .AppendJoin(',', Columns.Where(column => column != "cost" || heading.View.ShowsCosts))
        .Append("\r\n");

    public void Write(StringBuilder output, TranscriptEntry entry, TranscriptView view)
    {
        if (entry is not TranscriptEntry.Ran { Run: var run } ran)
            return;

        string?[] fields =
        [
            run.Id, run.Kind, Text(run.Agent.Name), Text(run.Agent.Model), Text(ran.Who), run.By, Text(run.State),
            view.IsoTime(run.QueuedAt), Time(run.StartedAt), Time(run.EndedAt), Seconds(run),
            Number(run.Usage?.InputTokens), Number(run.Usage?.OutputTokens), Number(run.Usage?.TotalTokens),
        ];
        output.AppendJoin(',', fields).Append(',');
        if (view.ShowsCosts)
            output.Append(CultureInfo.InvariantCulture, $"{run.Usage?.Cost},");

        output.Append(Number(run.Bytes)).Append("\r\n");

        string? Time(DateTimeOffset? time) => time is { } known ? view.IsoTime(known) : null;
    }

    public void End(StringBuilder output)
    {
    }

    private static string? Text(string? text) => text is null ? null : CsvText.Quote(CleanText.Line(text));

    // Of the milliseconds that are shown: a run in memory has finer times than a stored one.
    private static string? Seconds(Run run) =>
        ((run.EndedAt?.ToUnixTimeMilliseconds() - run.StartedAt?.ToUnixTimeMilliseconds()) / 1000m)
            ?.ToString("0.000", CultureInfo.InvariantCulture);

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
