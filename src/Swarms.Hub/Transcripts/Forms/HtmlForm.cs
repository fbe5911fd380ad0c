using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>One self-contained HTML page. It has no script, loads nothing, and escapes every text that is not the hub's own.</summary>
internal sealed class HtmlForm : ITranscriptForm
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}"
        // Each paragraph has a direction of its own. Marks that are stacked high stay inside their box.
        + ".text{background:#f5f6f8;border-radius:.5rem;padding:.25rem 1rem;margin:.5rem 0;overflow:hidden}"
        + ".text *{unicode-bidi:plaintext;text-align:start;overflow-wrap:anywhere}.text p,.text pre{overflow:hidden}"
        + "pre{white-space:pre-wrap}code,pre{font:.9em/1.5 ui-monospace,monospace}table{border-collapse:collapse}"
        + "td,th{border:1px solid #bbb;padding:.2rem .6rem}"
        + "blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:3px solid #bbb}"
        + "h1,h2,h3,p,dd{overflow:hidden;overflow-wrap:anywhere}.act{color:#667}"
        + "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;font-size:.875rem;color:#555}"
        + "dd{margin:0;overflow-wrap:anywhere}"
        + "h2{margin-top:2.5rem;border-top:1px solid #ddd;padding-top:1.5rem}time{color:#667;font-size:.875rem}"
        + "@media(prefers-color-scheme:dark){"
        + "body{background:#16181b;color:#e6e8ea}.text{background:#22262b}dl,time,.act{color:#a9b0b8}h2{border-color:#333}}";

    public void Begin(StringBuilder output, TranscriptHeading heading)
    {
        var name = TextHtml.Encode(CleanText.Line(heading.Room.Name));
        output.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        // The file keeps the policy that the download had.
        output.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        output.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        output.Append("<title>").Append(name).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n");
        output.Append("<h1 lang=\"\" dir=\"auto\">").Append(name).Append("</h1>\n<dl>");
        Fact(output, "Created", heading.View.Time(heading.Room.CreatedAt));
        Fact(output, "Written", heading.View.Time(heading.WrittenAt));
        if (heading.View.ZoneName is { } zone)
            Fact(output, "Times", zone);

        output.Append("<dt>Members</dt><dd>");
        output.AppendJoin(", ", heading.Members.Select(member => $"{Name(member.Name)} ({member.Role})"));
        output.Append("</dd></dl>\n");
    }

    public void Write(StringBuilder output, TranscriptEntry entry, TranscriptView view)
    {
        if (entry is TranscriptEntry.Said said)
        {
            output.Append("<p><strong>").Append(Name(said.Who)).Append("</strong> ");
            output.Append("<time>").Append(view.Time(said.Message.At)).Append("</time> #").Append(said.Message.Sequence);
            foreach (var fact in SaidFacts.Of(said.Message, view))
                output.Append(" · ").Append(TextHtml.Encode(fact));

            output.Append("</p>\n");
            if (SaidFacts.Removal(said, view) is { } removal)
                output.Append("<p><em>").Append(Name(removal)).Append("</em></p>\n");
            else
                TextHtml.Write(output, said.Message.Text);
        }
        else if (entry is TranscriptEntry.Reacted reacted)
        {
            output.Append("<p><strong>").Append(Name(reacted.Who)).Append("</strong> reacts ").Append(Name(reacted.Emoji));
            output.Append(" to ").Append(SaidFacts.Target(reacted));
            output.Append(" <time>").Append(view.Time(reacted.At)).Append("</time></p>\n");
        }
        else if (entry is TranscriptEntry.Acted acted)
        {
            output.Append("<p class=\"act\"><strong>").Append(Name(acted.Who)).Append("</strong> ").Append(TextHtml.Encode(acted.Act));
            if (acted.Name is { } name)
                output.Append(' ').Append(Name(name));

            output.Append(acted.Rest).Append(" <time>").Append(view.Time(acted.At)).Append("</time></p>\n");
        }
        else if (entry is TranscriptEntry.Ran ran)
        {
            Write(output, ran, view);
        }
    }

    public void End(StringBuilder output) => output.Append("</body>\n</html>\n");

    private static void Write(StringBuilder output, TranscriptEntry.Ran ran, TranscriptView view)
    {
        var run = ran.Run;
        output.Append("<h2>").Append(Name(RunFacts.Asked(run))).Append(", asked by ").Append(Name(ran.Who)).Append("</h2>\n<dl>");
        foreach (var (label, value) in RunFacts.Of(ran, view))
            Fact(output, label, value);

        output.Append("</dl>\n");
        if (!ran.IsShown)
            return;

        output.Append("<h3>Task</h3>\n");
        if (RunFacts.Task(ran) is { } task)
            TextHtml.Write(output, task);
        else
            output.Append("<p><em>").Append(RunFacts.RemovedMessage).Append("</em></p>\n");

        if (RunFacts.Cut(run) is { } cut)
            output.Append("<p>").Append(TextHtml.Encode(cut)).Append("</p>\n");

        foreach (var part in RunFacts.TextsOf(run))
        {
            var speaker = part.Agent is null ? "Answer" : Name(part.Agent);
            output.Append("<h3>").Append(speaker).Append("</h3>\n");
            TextHtml.Write(output, part.Text);
        }
    }

    private static void Fact(StringBuilder output, string label, string value) =>
        output.Append("<dt>").Append(label).Append("</dt><dd dir=\"auto\">").Append(TextHtml.Encode(CleanText.Line(value))).Append("</dd>");

    // Isolated, so that a name in another direction does not move the words around it.
    private static string Name(string name) => $"<bdi lang=\"\">{TextHtml.Encode(CleanText.Line(name))}</bdi>";
}
