using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>One frame of a stream, read strictly by the SSE standard.</summary>
/// <param name="Name">Null if the frame had no event line.</param>
/// <param name="Data">Its data lines, joined by line feeds.</param>
internal sealed partial record DoorFrame(string? Name, string Data)
{
    public JsonElement Json => JsonElement.Parse(Data);

    /// <summary>Parses whole frames with data and drops the others.</summary>
    public static List<DoorFrame> Parse(string stream)
    {
        var frames = new List<DoorFrame>();
        string? name = null;
        var data = new List<string>();
        var lines = LineEnd().Split(stream.TrimStart('\uFEFF'));
        foreach (var line in lines[..^1])
        {
            if (line.Length == 0)
            {
                if (data.Count > 0)
                    frames.Add(new DoorFrame(name, string.Join('\n', data)));

                (name, data) = (null, []);
            }
            else if (FieldOf(line, "event") is { } value)
                name = value;
            else if (FieldOf(line, "data") is { } part)
                data.Add(part);
        }

        return frames;
    }

    /// <summary>Parses a chunk that must be one whole frame in the Swarms API's form.</summary>
    public static DoorFrame Whole(string chunk)
    {
        var match = OneFrame().Match(chunk);
        Assert.True(match.Success, $"Not one frame: {chunk}");
        return new DoorFrame(match.Groups["name"].Success ? match.Groups["name"].Value : null, match.Groups["data"].Value);
    }

    private static string? FieldOf(string line, string name)
    {
        if (!line.StartsWith($"{name}:", StringComparison.Ordinal))
            return null;

        var value = line[(name.Length + 1)..];
        return value.StartsWith(' ') ? value[1..] : value;
    }

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\A(event: (?<name>[^\n]+)\n)?data: (?<data>[^\n]*)\n\n\z")]
    private static partial Regex OneFrame();
}
