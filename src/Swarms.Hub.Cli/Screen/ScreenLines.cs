using Spectre.Console;
using Spectre.Console.Rendering;

namespace Swarms.Hub.Cli;

/// <summary>Lines that fit already. Spectre's own text would wrap them again.</summary>
internal sealed class ScreenLines(IEnumerable<string> lines, Style? style = null) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (!isFirst)
                yield return Segment.LineBreak;

            yield return new Segment(line, style ?? Style.Plain);
            isFirst = false;
        }
    }
}
