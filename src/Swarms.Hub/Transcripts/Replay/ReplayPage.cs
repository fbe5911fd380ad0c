using System.Security.Cryptography;
using System.Text;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// Writes the page of a replay. No text of people or models can end the blocks of data: JSON's texts have no bare <c>&lt;</c> there. The
/// policy allows this script and this style by their hashes, and nothing else. Pure.
/// </summary>
internal static class ReplayPage
{
    private static readonly string Script = ReadResource("replay.js");
    private static readonly string Style = ReadResource("replay.css");

    private static readonly string Policy =
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; base-uri 'none'; form-action 'none'";

    public static void Begin(StringBuilder output, TranscriptHeading heading)
    {
        var name = TextHtml.Encode(CleanText.Line(heading.Room.Name));
        output.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        output.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n");
        output.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(name);
        output.Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<header>\n<h1 lang=\"\" dir=\"auto\">");
        output.Append(name).Append("</h1>\n<p>A replay of the room, written ").Append(heading.View.Time(heading.WrittenAt));
        output.Append(".</p>\n<p id=\"cut\" hidden>The room is too large for one page. The replay ends before the room did.</p>\n");
        output.Append(
            """
            <noscript><p>The replay needs JavaScript. It loads nothing.</p></noscript>
            <div id="player" role="group" aria-label="Player">
            <button id="play" type="button">Play</button>
            <input id="place" type="range" min="0" max="0" value="0" step="1" aria-label="Place">
            <output id="time">0:00</output>
            <label>Speed <select id="speed">
            <option value="0.5">0.5 ×</option><option value="1" selected>1 ×</option><option value="2">2 ×</option>
            <option value="4">4 ×</option><option value="8">8 ×</option><option value="16">16 ×</option>
            </select></label>
            <label><input id="short" type="checkbox"> Shorten pauses</label>
            </div>
            <p id="people"></p>
            </header>
            <main id="room"></main>

            """);
        output.Append("<script type=\"application/json\" id=\"zone\">\"").Append(heading.View.Zone.Id).Append("\"</script>\n");
    }

    public static void AddEvents(StringBuilder output, IReadOnlyList<string> events)
    {
        output.Append("<script type=\"application/json\" class=\"events\">[\n");
        var start = output.Length;
        output.AppendJoin(",\n", events);
        output.Replace("<", "\\u003c", start, output.Length - start);
        output.Append("\n]</script>\n");
    }

    public static void End(StringBuilder output, bool isWhole)
    {
        if (!isWhole)
            output.Append("<script type=\"application/json\" id=\"is-cut\">true</script>\n");

        output.Append("<script>").Append(Script).Append("</script>\n</body>\n</html>\n");
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // A page's script has line feeds, whatever the file that it was built from has.
    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(typeof(ReplayPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
