namespace Swarms.Hub.Protocol;

/// <summary>The reactions to one run's passages, within a bound.</summary>
internal sealed class RunReactions(IEnumerable<PassageReaction> given)
{
    private const int PassageLength = 64;

    private readonly List<PassageReaction> _all = [.. given];

    /// <summary>The reactions in order of each one's first use; null without any.</summary>
    public IReadOnlyList<PassageReaction>? All => _all.Count > 0 ? [.. _all] : null;

    /// <summary>Adds a reaction. One that would exceed the bound is in the log only.</summary>
    public void Add(string emoji, Passage passage, string by)
    {
        var index = Find(emoji, passage);
        if (index >= 0 && _all[index].By.Contains(by))
            return;

        var length = by.Length + (index < 0 ? emoji.Length + PassageLength : 0);
        if (_all.Sum(LengthOf) + length > RunState.MaxReactionsLength)
            return;

        if (index < 0)
            _all.Add(new PassageReaction { Emoji = emoji, Passage = passage, By = [by] });
        else
            _all[index] = _all[index] with { By = [.. _all[index].By, by] };
    }

    /// <summary>Takes a reaction back.</summary>
    public void Remove(string emoji, Passage passage, string by)
    {
        var index = Find(emoji, passage);
        if (index < 0)
            return;

        _all[index] = _all[index] with { By = [.. _all[index].By.Where(id => id != by)] };
        if (_all[index].By.Count == 0)
            _all.RemoveAt(index);
    }

    /// <summary>Drops all; returns true if there were any.</summary>
    public bool Clear()
    {
        var hadAny = _all.Count > 0;
        _all.Clear();
        return hadAny;
    }

    public bool Names(string memberId) => _all.Exists(reaction => reaction.By.Contains(memberId));

    private int Find(string emoji, Passage passage) => _all.FindIndex(other => other.Emoji == emoji && other.Passage == passage);

    private static int LengthOf(PassageReaction reaction) => reaction.Emoji.Length + PassageLength + reaction.By.Sum(by => by.Length);
}
