using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Markdown that renders. Each text stands in a quote, harmless by <see cref="QuotedMarkdown"/>; only the hub's own words stand outside
/// quotes. Names are escaped.
/// </summary>
internal sealed class MarkdownForm : ITranscriptForm
{
    public void Begin(StringBuilder output, TranscriptHeading heading)
    {
        output.Append("# ").Append(Escape(heading.Room.Name)).Append("\n\n");
        output.Append("- Created: ").Append(heading.View.Time(heading.Room.CreatedAt)).Append('\n');
        output.Append("- Written: ").Append(heading.View.Time(heading.WrittenAt)).Append('\n');
        if (heading.View.ZoneName is { } zone)
            output.Append("- Times: ").Append(Escape(zone)).Append('\n');

        var members = heading.Members.Select(member => $"{Escape(member.Name)} ({member.Role})");
        output.Append("- Members: ").AppendJoin(", ", members).Append('\n');
    }

    public void Write(StringBuilder output, TranscriptEntry entry, TranscriptView view)
    {
        if (entry is TranscriptEntry.Said said)
        {
            output.Append("\n**").Append(Escape(said.Who)).Append("** · ").Append(view.Time(said.Message.At));
            output.Append(" · \\#").Append(said.Message.Sequence);
            foreach (var fact in SaidFacts.Of(said.Message, view))
                output.Append(" · ").Append(Escape(fact));

            output.Append("\n\n");
            if (SaidFacts.Removal(said, view) is { } removal)
                output.Append(Escape(removal)).Append('\n');
            else
                QuotedMarkdown.Write(output, said.Message.Text);
        }
        else if (entry is TranscriptEntry.Reacted reacted)
        {
            output.Append("\n**").Append(Escape(reacted.Who)).Append("** reacts ").Append(Escape(reacted.Emoji));
            output.Append(" to ").Append(Escape(SaidFacts.Target(reacted))).Append(" · ").Append(view.Time(reacted.At)).Append('\n');
        }
        else if (entry is TranscriptEntry.Acted acted)
        {
            output.Append("\n**").Append(Escape(acted.Who)).Append("** ").Append(Escape(acted.Act));
            if (acted.Name is { } name)
                output.Append(' ').Append(Escape(name));

            output.Append(acted.Rest).Append(" · ").Append(view.Time(acted.At)).Append('\n');
        }
        else if (entry is TranscriptEntry.Ran ran)
        {
            Write(output, ran, view);
        }
    }

    public void End(StringBuilder output)
    {
    }

    private static void Write(StringBuilder output, TranscriptEntry.Ran ran, TranscriptView view)
    {
        var run = ran.Run;
        output.Append("\n## ").Append(Escape(RunFacts.Title(ran))).Append("\n\n");
        foreach (var (label, value) in RunFacts.Of(ran, view))
            output.Append("- ").Append(label).Append(": ").Append(Escape(value)).Append('\n');

        if (!ran.IsShown)
            return;

        output.Append("\n### Task\n\n");
        if (RunFacts.Task(ran) is { } task)
            QuotedMarkdown.Write(output, task);
        else
            output.Append(RunFacts.RemovedMessage).Append('\n');

        if (RunFacts.Cut(run) is { } cut)
            output.Append('\n').Append(cut).Append('\n');

        foreach (var part in RunFacts.TextsOf(run))
        {
            output.Append("\n### ").Append(part.Agent is null ? "Answer" : Escape(part.Agent)).Append("\n\n");
            QuotedMarkdown.Write(output, part.Text);
        }
    }

    private static string Escape(string text) => QuotedMarkdown.Escape(text);
}
