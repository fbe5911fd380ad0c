using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>Finds agents that a text mentions: <c>@</c> and the agent's name or id, in either case, as whole words.</summary>
internal static class Mentions
{
    public static bool Names(string text, RoomAgent agent)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            // An address such as ann@example.org mentions nobody.
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
                continue;

            var rest = text.AsSpan(at + 1);
            if (Begins(rest, agent.Name) || Begins(rest, agent.Id))
                return true;
        }

        return false;
    }

    private static bool Begins(ReadOnlySpan<char> rest, string name) =>
        rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && !IsContinued(rest[name.Length..]);

    // With a hyphen a longer id may go on: @writer-2 does not mention writer.
    private static bool IsContinued(ReadOnlySpan<char> rest) =>
        rest is ['-', .. var behind] ? BeginsWord(behind) : BeginsWord(rest);

    private static bool BeginsWord(ReadOnlySpan<char> rest)
    {
        Rune.DecodeFromUtf16(rest, out var first, out _);
        return !rest.IsEmpty && (Rune.IsLetterOrDigit(first) || first.Value == '_');
    }
}
