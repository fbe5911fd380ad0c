using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Markdown. Each text stands in a fence longer than any fence inside it, so it is kept as it is (but for <see cref="CleanText"/>) and
/// cannot become a heading, HTML, a link or an image. Names are escaped.
/// </summary>
internal sealed class MarkdownForm : ITranscriptForm
{
    public string ContentType => "text/markdown; charset=utf-8";

    public string Extension => "md";

    public void Begin(StringBuilder output, TranscriptHeading heading)
    {
        output.Append("# ").Append(Escape(heading.Room.Name)).Append("\n\n");
        output.Append("- Created: ").Append(RunFacts.Time(heading.Room.CreatedAt)).Append('\n');
        output.Append("- Written: ").Append(RunFacts.Time(heading.WrittenAt)).Append('\n');
        var members = heading.Members.Select(member => $"{Escape(member.Name)} ({member.Role})");
        output.Append("- Members: ").AppendJoin(", ", members).Append('\n');
    }

    public void Write(StringBuilder output, TranscriptEntry entry)
    {
        if (entry is TranscriptEntry.Said said)
        {
            output.Append("\n**").Append(Escape(said.Who)).Append("** · ").Append(RunFacts.Time(said.Message.At));
            output.Append(" · \\#").Append(said.Message.Sequence);
            foreach (var fact in SaidFacts.Of(said.Message))
                output.Append(" · ").Append(Escape(fact));

            output.Append("\n\n");
            if (SaidFacts.Removal(said) is { } removal)
                output.Append(Escape(removal)).Append('\n');
            else
                Fence(output, said.Message.Text);
        }
        else if (entry is TranscriptEntry.Reacted reacted)
        {
            output.Append("\n**").Append(Escape(reacted.Who)).Append("** reacts ").Append(Escape(reacted.Emoji));
            output.Append(" to ").Append(Escape(SaidFacts.Target(reacted))).Append(" · ").Append(RunFacts.Time(reacted.At)).Append('\n');
        }
        else if (entry is TranscriptEntry.Ran ran)
        {
            Write(output, ran);
        }
    }

    public void End(StringBuilder output)
    {
    }

    private static void Write(StringBuilder output, TranscriptEntry.Ran ran)
    {
        var run = ran.Run;
        output.Append("\n## ").Append(Escape(RunFacts.Title(ran))).Append("\n\n");
        foreach (var (label, value) in RunFacts.Of(ran))
            output.Append("- ").Append(label).Append(": ").Append(Escape(value)).Append('\n');

        if (!ran.IsShown)
            return;

        output.Append("\n### Task\n\n");
        if (RunFacts.Task(ran) is { } task)
            Fence(output, task);
        else
            output.Append(RunFacts.RemovedMessage).Append('\n');

        if (RunFacts.Cut(run) is { } cut)
            output.Append('\n').Append(cut).Append('\n');

        foreach (var part in run.Parts ?? [new RunPart(null, run.Text ?? "")])
        {
            output.Append("\n### ").Append(part.Agent is null ? "Answer" : Escape(part.Agent)).Append("\n\n");
            Fence(output, part.Text);
        }
    }

    private static void Fence(StringBuilder output, string text)
    {
        text = CleanText.Block(text);
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        output.Append(fence).Append("text\n").Append(text).Append(text.EndsWith('\n') ? "" : "\n").Append(fence).Append('\n');
    }

    private static int LongestRun(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var unit in text)
        {
            current = unit == '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var unit in CleanText.Line(text))
        {
            if (unit is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '&' or '@')
                escaped.Append('\\');

            escaped.Append(unit);
        }

        // Markdown turns addresses into links by itself.
        return escaped.Replace("://", "\\://").ToString();
    }
}
