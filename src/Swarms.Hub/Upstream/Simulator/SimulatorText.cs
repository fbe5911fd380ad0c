using System.Globalization;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// The text of a simulated agent. It says that it is a simulation and depends only on task, agent and seed. It does not name its agent,
/// because a blind group must not tell who speaks.
/// </summary>
internal sealed class SimulatorText(string task, string agent, int seed, int earlierTurns = 0)
{
    /// <summary>The length of a simulated token.</summary>
    public const int CharactersInToken = 4;

    private const int MaxQuotedRunes = 160;

    private static readonly string[] Sentences =
    [
        "The question is looked at from three sides, and what each of them shows is written down.",
        "Everything that follows is made up from a list of sentences, chosen by the words of the task.",
        "Whoever joins now still gets the whole text, because a room is a log and a viewer is a place in it.",
        "A first draft is ready; it is short, it is honest about what is missing, and it can be improved.",
        "Counting what is known: two facts, one guess and a question that only a person can answer.",
        "If the connection breaks here, it goes on from the same word when it comes back.",
        "The obvious answer is not wrong, but it leaves out the people who have to live with it.",
        "Compared with an earlier attempt, the half that worked is kept.",
        "Here is a number that means nothing, so that the page has one to show: {number}.",
        "Nothing in this text was written by a model, and its tokens and its price are made up, too.",
        "Seen from far away the task is simple; seen from close by it has {number} small parts.",
        "The next step would be to ask somebody who has done it before.",
        "Several people may be reading this at the same moment, each on a screen of their own.",
        "A café, a fox 🦊 and a blue brush — three things to see whether all letters arrive.",
    ];

    private readonly uint _seed = Mix(Mix(Mix(2166136261, task), agent), seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Returns the whole text in pieces of one word. It ends where it has as many tokens of four characters as it may.
    /// </summary>
    /// <param name="isFirst">True for the answer's first agent, which says that all of it is a simulation.</param>
    /// <param name="maxTokens">The most tokens; null without a bound.</param>
    public IEnumerable<string> Words(bool isFirst, int? maxTokens)
    {
        var body = new SimulatedMarkdown(task, new Random((int)_seed)).Blocks();
        var words = Split(isFirst ? [Notice(), .. body] : body);
        return maxTokens is { } tokens ? Take(words, (long)tokens * CharactersInToken) : words;
    }

    /// <summary>Returns the same text, but endless.</summary>
    public IEnumerable<string> EndlessWords() => Split(Body(new Random((int)_seed)).Prepend(Opening()));

    /// <summary>Returns endless text in pieces of exactly <paramref name="bytes"/> bytes of ASCII.</summary>
    public IEnumerable<string> Blocks(int bytes)
    {
        var text = string.Concat(Body(new Random((int)_seed)).Take(100));
        var source = string.Concat(text.Where(unit => char.IsAscii(unit) && unit != '\n'));
        for (var at = 0; ; at = (at + bytes) % source.Length)
        {
            yield return string.Create(bytes, (source, at), static (block, from) =>
            {
                for (var index = 0; index < block.Length; index++)
                    block[index] = from.source[(from.at + index) % from.source.Length];
            });
        }
    }

    private static IEnumerable<string> Take(IEnumerable<string> words, long characters)
    {
        foreach (var word in words)
        {
            characters -= word.Length;
            if (characters < 0)
                yield break;

            yield return word;
        }
    }

    private string Notice() =>
        $"> This is a simulation: no upstream key is set. Asked: “{Quoted()}”{After()}\n"
        + "> Set SWARMS_API_KEY and start the hub again to get real answers.\n\n";

    private string After() => earlierTurns switch
    {
        0 => "",
        1 => ", after one earlier turn",
        _ => string.Create(CultureInfo.InvariantCulture, $", after {earlierTurns} earlier turns"),
    };

    private string Opening() =>
        $"This is a simulation: no upstream key is set. Asked: “{Quoted()}”\n\n";

    private string Quoted()
    {
        var runes = task.ReplaceLineEndings(" ").EnumerateRunes().Take(MaxQuotedRunes + 1).ToList();
        return runes.Count > MaxQuotedRunes ? string.Concat(runes.Take(MaxQuotedRunes)) + "…" : string.Concat(runes);
    }

    private static IEnumerable<string> Body(Random random)
    {
        while (true)
        {
            foreach (var index in random.GetItems(Enumerable.Range(0, Sentences.Length).ToArray(), Sentences.Length))
            {
                yield return Sentences[index]
                    .Replace("{number}", random.Next(2, 100).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    + (random.Next(4) == 0 ? "\n\n" : " ");
            }
        }
    }

    /// <summary>Splits before every space, as models do: a space belongs to the word after it.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            var start = 0;
            for (var at = 1; at <= sentence.Length; at++)
            {
                if (at < sentence.Length && (sentence[at] != ' ' || at - start == 0))
                    continue;

                yield return sentence[start..at];
                start = at;
            }
        }
    }

    private static uint Mix(uint hash, string text)
    {
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 16777619);

        return unchecked((hash ^ 0xFFFF) * 16777619);
    }
}
