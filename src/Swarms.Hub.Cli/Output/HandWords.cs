using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>Raised hands as a sign behind a name. Where there are several, a number says whose turn it is.</summary>
internal static class HandWords
{
    /// <summary>Returns the sign of each member whose hand is raised, by its id; the first to raise it has the number 1.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<Member> members)
    {
        var raised = members.Where(member => member.HandRaised).OrderBy(member => member.HandRaisedAt).ToList();
        return raised.Select((member, index) => (member.Id, Sign: raised.Count == 1 ? " ✋" : $" ✋{index + 1}"))
            .ToDictionary(hand => hand.Id, hand => hand.Sign);
    }
}
