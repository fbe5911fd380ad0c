using System.Globalization;
using Spectre.Console.Rendering;

namespace Swarms.Hub.Cli;

/// <summary>
/// A picture of the whole screen. Each line goes to its own row, so a letter that the terminal draws wider than expected moves no other
/// line.
/// </summary>
internal sealed class ScreenFrame(IRenderable picture) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var lines = Segment.SplitLines(picture.Render(options, maxWidth));
        var row = 0;
        foreach (var line in lines.Take(options.ConsoleSize.Height))
        {
            yield return Segment.Control(string.Create(CultureInfo.InvariantCulture, $"\e[{++row};1H\e[2K"));
            foreach (var segment in line)
                yield return segment;
        }

        if (row < options.ConsoleSize.Height)
            yield return Segment.Control(string.Create(CultureInfo.InvariantCulture, $"\e[{row + 1};1H\e[J"));
    }
}
