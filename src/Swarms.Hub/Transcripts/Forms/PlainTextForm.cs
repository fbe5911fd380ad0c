using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Plain text. Texts of people and models are indented, so that only the hub's own words start at the beginning of a line.
/// </summary>
internal sealed class PlainTextForm : ITranscriptForm
{
    public void Begin(StringBuilder output, TranscriptHeading heading)
    {
        output.Append("Room: ").Append(CleanText.Line(heading.Room.Name)).Append('\n');
        output.Append("Created: ").Append(heading.View.Time(heading.Room.CreatedAt)).Append('\n');
        output.Append("Written: ").Append(heading.View.Time(heading.WrittenAt)).Append('\n');
        if (heading.View.ZoneName is { } zone)
            output.Append("Times: ").Append(zone).Append('\n');

        var members = heading.Members.Select(member => $"{CleanText.Line(member.Name)} ({member.Role})");
        output.Append("Members: ").AppendJoin(", ", members).Append('\n');
    }

    public void Write(StringBuilder output, TranscriptEntry entry, TranscriptView view)
    {
        if (entry is TranscriptEntry.Said said)
        {
            output.Append("\n[").Append(view.Time(said.Message.At)).Append("] ").Append(CleanText.Line(said.Who));
            output.Append(" (#").Append(said.Message.Sequence);
            foreach (var fact in SaidFacts.Of(said.Message, view))
                output.Append(", ").Append(fact);

            output.Append("):\n");
            if (SaidFacts.Removal(said, view) is { } removal)
                output.Append(CleanText.Line(removal)).Append('\n');
            else
                Indent(output, said.Message.Text);
        }
        else if (entry is TranscriptEntry.Reacted reacted)
        {
            output.Append("\n[").Append(view.Time(reacted.At)).Append("] ").Append(CleanText.Line(reacted.Who));
            output.Append(" reacts ").Append(CleanText.Line(reacted.Emoji)).Append(" to ").Append(SaidFacts.Target(reacted)).Append('\n');
        }
        else if (entry is TranscriptEntry.Acted acted)
        {
            output.Append("\n[").Append(view.Time(acted.At)).Append("] ").Append(CleanText.Line(acted.Who)).Append(' ').Append(acted.Act);
            if (acted.Name is { } name)
                output.Append(' ').Append(CleanText.Line(name));

            output.Append(acted.Rest).Append('\n');
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
        output.Append("\n[").Append(view.Time(run.QueuedAt)).Append("] ");
        output.Append(CleanText.Line(RunFacts.Title(ran))).Append('\n');
        foreach (var (label, value) in RunFacts.Of(ran, view))
            output.Append(label).Append(": ").Append(CleanText.Line(value)).Append('\n');

        if (!ran.IsShown)
            return;

        output.Append("Task:\n");
        Indent(output, RunFacts.Task(ran) ?? RunFacts.RemovedMessage);
        if (RunFacts.Cut(run) is { } cut)
            output.Append(cut).Append('\n');

        foreach (var part in RunFacts.TextsOf(run))
        {
            output.Append(part.Agent is null ? "Answer" : CleanText.Line(part.Agent)).Append(":\n");
            Indent(output, part.Text);
        }
    }

    private static void Indent(StringBuilder output, string text)
    {
        foreach (var line in CleanText.Block(text).EnumerateLines())
            output.Append("    ").Append(line).Append('\n');
    }
}
