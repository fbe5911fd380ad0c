using System.Globalization;
using System.Text;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// A simulated answer as people read it: a heading, a paragraph, a list, a table and a piece of code about the task, in Markdown. The same
/// random numbers give the same answer.
/// </summary>
internal sealed class SimulatedMarkdown(string task, Random random)
{
    private const int MaxHeadingRunes = 60;
    private const int MaxTopics = 3;
    private const int MinTopicLength = 4;

    private static readonly string[] Openings =
    [
        "This looks at the task from a few sides, makes a plan of it, and ends with a sketch.",
        "First comes what to keep in mind, then a plan, and then something to begin with.",
        "The list says what matters, the table in which order, and the code how it could look.",
        "A first draft is below. It is short, it is honest about what is missing, and it can be improved.",
        "Seen from far away the task is simple; seen from close by it has a few small parts.",
    ];

    private static readonly string[] Points =
    [
        "begin with the smallest part that can be checked alone",
        "ask somebody who has done it before",
        "write down what would show that it is wrong",
        "compare it with an earlier attempt, and keep the half that worked",
        "leave out what nobody will miss",
        "say early what is not known yet",
        "think of the people who have to live with the result",
        "check that all letters arrive: a café, a fox 🦊, a blue brush",
    ];

    private static readonly string[] Steps = ["Collect", "Sort", "Draft", "Check", "Show", "Improve"];
    private static readonly string[] Efforts = ["small", "medium", "large"];

    /// <summary>Returns the paragraphs, each with the blank line behind it; the last one has none.</summary>
    public IEnumerable<string> Blocks()
    {
        var topics = Topics();
        yield return $"# {Heading()}\n\n";
        yield return $"{random.GetItems(Openings, 1)[0]}\n\n";
        yield return $"## What to keep in mind\n\n{List(topics)}\n";
        yield return $"## A plan\n\n{Table(topics)}\n";
        yield return $"## A sketch\n\n{Code(topics)}";
    }

    private string List(List<string> topics)
    {
        var points = Points.ToArray();
        random.Shuffle(points);
        var list = new StringBuilder();
        for (var i = 0; i < 4; i++)
            list.Append(CultureInfo.InvariantCulture, $"- **{topics[i % topics.Count]}**: {points[i]}.\n");

        return list.ToString();
    }

    private string Table(List<string> topics)
    {
        var table = new StringBuilder("| Step | About | Effort | Hours |\n| --- | --- | --- | ---: |\n");
        var first = random.Next(Steps.Length);
        for (var i = 0; i < 3; i++)
        {
            var step = Steps[(first + i) % Steps.Length];
            var effort = random.Next(Efforts.Length);
            var hours = (effort * 4) + random.Next(1, 5);
            table.Append(CultureInfo.InvariantCulture, $"| {step} | {topics[i % topics.Count]} | {Efforts[effort]} | {hours} |\n");
        }

        return table.ToString();
    }

    private string Code(List<string> topics)
    {
        var items = string.Join(", ", topics.Select(topic => $"\"{topic}\""));
        return $"```python\ndef plan(topics, rounds={random.Next(2, 9)}):\n    for topic in topics:\n"
            + $"        print(f\"{{topic}}: {{rounds}} rounds\")\n\nplan([{items}])\n```\n";
    }

    // The task may hold signs that mean something in Markdown, and it is one line of a heading here.
    private string Heading()
    {
        var words = string.Join(' ', Words());
        var runes = words.EnumerateRunes().Take(MaxHeadingRunes + 1).ToList();
        var heading = runes.Count > MaxHeadingRunes ? string.Concat(runes.Take(MaxHeadingRunes)) + "…" : words;
        return heading.Length > 0 ? heading : "A simulated answer";
    }

    private List<string> Topics()
    {
        var topics = Words().Where(word => word.Length >= MinTopicLength).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return topics.Count > 0 ? [.. topics.OrderByDescending(word => word.Length).Take(MaxTopics)] : ["the task"];
    }

    // Letters and digits mean nothing in Markdown, whatever the task is.
    private IEnumerable<string> Words()
    {
        var word = new StringBuilder();
        foreach (var rune in task.EnumerateRunes().Append(new Rune(' ')))
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                word.Append(rune);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
