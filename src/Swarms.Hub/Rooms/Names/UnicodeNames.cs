using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Swarms.Hub.Rooms;

/// <summary>
/// Unicode's data for comparing names: case folding, confusable characters (UTS 39) and ignorable ones. The file beside this one states
/// their version and licence. Read once, at the first comparison. Safe from any thread.
/// </summary>
internal sealed class UnicodeNames
{
    private readonly List<(int From, int To)> _ignorable = [];

    private UnicodeNames()
    {
        var folds = new Dictionary<Rune, string>();
        var looks = new Dictionary<Rune, string>();
        using var file = new StreamReader(typeof(UnicodeNames).Assembly.GetManifestResourceStream("unicode-names.txt")!);
        Action<string>? read = null;
        while (file.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;

            if (line.StartsWith('@'))
            {
                var heading = line.Split(' ');
                Version = heading is ["@version", var version] ? version : Version;
                read = heading[0] switch
                {
                    "@ignorable" => AddIgnorable,
                    "@fold" => token => Add(folds, token),
                    "@look" => token => Add(looks, token),
                    _ => null,
                };
                continue;
            }

            foreach (var token in line.Split(' '))
                read?.Invoke(token);
        }

        (Folds, Looks) = (folds.ToFrozenDictionary(), looks.ToFrozenDictionary());
    }

    public static UnicodeNames Instance { get; } = new();

    /// <summary>Unicode's version.</summary>
    public string Version { get; } = "";

    /// <summary>Characters whose case folding is another text.</summary>
    public IReadOnlyDictionary<Rune, string> Folds { get; }

    /// <summary>Characters that look like another text, and that text.</summary>
    public IReadOnlyDictionary<Rune, string> Looks { get; }

    /// <summary>True if nothing is seen of the character.</summary>
    public bool IsIgnorable(Rune rune) =>
        rune.Value >= 0xAD && _ignorable.Exists(range => rune.Value >= range.From && rune.Value <= range.To);

    private void AddIgnorable(string token)
    {
        var range = token.Split('-');
        _ignorable.Add((Code(range[0]), Code(range[^1])));
    }

    private static void Add(Dictionary<Rune, string> map, string token)
    {
        var parts = token.Split('>');
        map.Add(new Rune(Code(parts[0])), string.Concat(parts[1].Split('.').Select(code => new Rune(Code(code)))));
    }

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
