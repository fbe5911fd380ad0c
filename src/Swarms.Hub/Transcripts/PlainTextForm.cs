using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Plain text. Texts of people and models are indented, so that only the hub's own words start at the beginning of a line.
/// </summary>
internal sealed class PlainTextForm : ITranscriptForm
{
    public string ContentType => "text/plain; charset=utf-8";

    public string Extension => "txt";

    public void Begin(StringBuilder output, TranscriptHeading heading)
    {
        output.Append("Room: ").Append(CleanText.Line(heading.Room.Name)).Append('\n');
        output.Append("Created: ").Append(RunFacts.Time(heading.Room.CreatedAt)).Append('\n');
        output.Append("Written: ").Append(RunFacts.Time(heading.WrittenAt)).Append('\n');
        var members = heading.Members.Select(member => $"{CleanText.Line(member.Name)} ({member.Role})");
        output.Append("Members: ").AppendJoin(", ", members).Append('\n');
    }

    public void Write(StringBuilder output, TranscriptEntry entry)
    {
        if (entry is TranscriptEntry.Said said)
        {
            output.Append("\n[").Append(RunFacts.Time(said.Message.At)).Append("] ").Append(CleanText.Line(said.Who));
            output.Append(" (#").Append(said.Message.Sequence);
            foreach (var fact in SaidFacts.Of(said.Message))
                output.Append(", ").Append(fact);

            output.Append("):\n");
            if (SaidFacts.Removal(said) is { } removal)
                output.Append(CleanText.Line(removal)).Append('\n');
            else
                Indent(output, said.Message.Text);
        }
        else if (entry is TranscriptEntry.Reacted reacted)
        {
            output.Append("\n[").Append(RunFacts.Time(reacted.At)).Append("] ").Append(CleanText.Line(reacted.Who));
            output.Append(" reacts ").Append(CleanText.Line(reacted.Emoji)).Append(" to ").Append(SaidFacts.Target(reacted)).Append('\n');
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
        output.Append("\n[").Append(RunFacts.Time(run.QueuedAt)).Append("] ");
        output.Append(CleanText.Line(RunFacts.Title(ran))).Append('\n');
        foreach (var (label, value) in RunFacts.Of(ran))
            output.Append(label).Append(": ").Append(CleanText.Line(value)).Append('\n');

        if (!ran.IsShown)
            return;

        output.Append("Task:\n");
        Indent(output, RunFacts.Task(ran) ?? RunFacts.RemovedMessage);
        if (RunFacts.Cut(run) is { } cut)
            output.Append(cut).Append('\n');

        foreach (var part in run.Parts ?? [new RunPart(null, run.Text ?? "")])
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
