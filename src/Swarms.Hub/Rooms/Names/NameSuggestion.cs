using System.Globalization;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Rooms;

/// <summary>Refuses a name that looks like another member's, and finds one that is free. Safe from any thread.</summary>
internal static class NameSuggestion
{
    // A room where the first ones are taken has many of the name. Beyond its number of members one is free, unless all were chosen to fill
    // these places.
    private const int MaxTries = 20;

    /// <summary>Returns the refusal of a taken name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="members">The number of members of the room.</param>
    /// <param name="isTaken">Tells whether a name is taken.</param>
    public static HubErrorException Refuse(string name, int members, Func<string, bool> isTaken)
    {
        var free = Candidates(name, members).FirstOrDefault(candidate => !isTaken(candidate));
        var taken = $"The name \"{name}\" is taken in this room, or looks like one that is.";
        var sentence = free is null ? $"{taken} Choose another one." : $"{taken} \"{free}\" is free.";
        return new HubErrorException(ErrorCodes.Conflict, sentence) { Suggestion = free };
    }

    private static IEnumerable<string> Candidates(string name, int members)
    {
        var stem = Stem(name);
        return Enumerable.Range(2, MaxTries).Concat(Enumerable.Range(members + 2, MaxTries)).Select(number => Numbered(stem, number));
    }

    // The stem of "Ada 2" is "Ada".
    private static string Stem(string name)
    {
        var space = name.LastIndexOf(' ');
        return space > 0 && int.TryParse(name[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? name[..space]
            : name;
    }

    private static string Numbered(string stem, int number)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $" {number}");
        return Texts.Cut(stem, Texts.MaxMemberName - end.Length).TrimEnd() + end;
    }
}
