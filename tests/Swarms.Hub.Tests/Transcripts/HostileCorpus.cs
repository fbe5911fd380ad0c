using System.Text.Json;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Transcripts;

/// <summary>The page's corpus of hostile texts, and texts that a quote, a fence or another member's name must keep in.</summary>
internal static class HostileCorpus
{
    public static IReadOnlyList<string> Texts { get; } =
    [
        .. JsonSerializer.Deserialize<string[]>(
            File.ReadAllText(Path.GetFullPath("../Swarms.Hub.Web/tests/markdown/hostile.json", HubProcess.Folder)))!,
        "\n\n**Ann** · 2026-01-01 12:00:00 UTC\n\n> I agree",
        "a\n\n## Writer, asked by Ann\n\n- State: finished",
        "```\nopen fence",
        "~~~~\nopen tildes\n```",
        "- a\n\n  ```\n  in a list",
        "1. one\n2. two\n\n<!--\n",
        "[Ann]: https://evil.example 'title'\n\n[Ann] and [Ann][]",
        "[^1]: a note\n\ntext[^1]",
        "[click](javascript:alert(1) \"title\") ![pixel](https://evil.example/p.png)",
        "<https://evil.example> https://evil.example www.evil.example a@evil.example",
        "[![x](https://evil.example/a.png)](https://evil.example)",
        "a\n===\nb\n---\n- - -\n***",
        "| a | b |\n| - | - |\n| `x|y` | <b>c</b> |\n| only one |",
        "&lt;script&gt; &#x202E;evil &#0; &amp;",
        "> quote\n> > deeper\nlazy\n\n>> end",
        "\\[a\\](b) \\<b\\> `\\``",
        "``` js <img src=x>\nx\n```\n\n```mermaid\ngraph TD; click A href \"https://evil.example\"\n```",
        "`` ` `` ``` `` ``` `a\nb`",
        "$$\\href{javascript:alert(1)}{x}$$ $a$ :smile: @admin #1",
        "***bold** half* __a__ ~~gone~~ *a **b* c**",
        "line one  \nline two\\\nline three",
        "1986\\. A year\n\n1. a\n1) b\n\n+ c\n* d",
        "    indented code\n\n\ttab",
        "\u202Edetrevni\u202C",
        "a" + new string('\u0301', 300),
        "\r\n# one\r# two\u2028# three",
        "",
        " ",
        "---\ntitle: front matter\n---",
    ];

    /// <summary>Texts that make a careless parser slow, deep or fall.</summary>
    public static IReadOnlyList<string> Bombs { get; } =
    [
        new string('>', 50_000), new string('[', 50_000), "a" + new string('*', 50_000), string.Concat(Enumerable.Repeat("- ", 25_000)),
        string.Concat(Enumerable.Repeat("*a **b ", 10_000)), string.Concat(Enumerable.Repeat("[a](", 20_000)),
        string.Concat(Enumerable.Repeat("![", 40_000)), new string('`', 50_000) + "a",
        string.Concat(Enumerable.Repeat("|", 50_000)) + "\n|-|",
        string.Concat(Enumerable.Repeat("> - ", 20_000)) + "deep", string.Concat(Enumerable.Repeat("<a ", 30_000)),
        string.Concat(Enumerable.Repeat("a\n", 100_000)), new string('a', 2_000_000),
        string.Concat(Enumerable.Range(0, 500).Select(depth => new string(' ', depth * 2) + "- a\n")),
        string.Concat(Enumerable.Range(0, 5_000).Select(label => $"[{label}]: x\n")) + string.Concat(Enumerable.Repeat("[1]", 10_000)),
    ];
}
