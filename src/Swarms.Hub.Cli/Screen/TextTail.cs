namespace Swarms.Hub.Cli;

/// <summary>The end of a text that grows, for a rectangle of a terminal.</summary>
internal static class TextTail
{
    /// <summary>The last lines of a text, wrapped at a width.</summary>
    public static IReadOnlyList<string> Of(string text, int width, int height)
    {
        // The text before the last lines need not be wrapped. It is left out in whole blocks: the lines stay where they are while the
        // text grows within one.
        var block = Math.Max(1, width * height) * 4;
        for (var blocks = 1; ; blocks *= 2)
        {
            var start = Math.Max(0, (text.Length / block) - blocks) * block;
            var lines = text[start..].Split('\n').SelectMany(paragraph => CellText.Wrap(paragraph, width)).ToList();
            // Letters of many code points fill fewer lines than they promise. The first line is of a piece that was cut anywhere.
            if (start == 0 || lines.Count > height)
                return lines.Count <= height ? lines : lines[^height..];
        }
    }
}
