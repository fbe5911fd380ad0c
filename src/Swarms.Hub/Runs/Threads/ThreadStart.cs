using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The part of a start that says from which run it goes on, and which messages go along.</summary>
/// <param name="Continues">The id of the run that it continues; null without one.</param>
/// <param name="Supersedes">The id of the run in whose place it stands; null without one.</param>
/// <param name="Include">The messages; null for none.</param>
internal sealed record ThreadStart(string? Continues, string? Supersedes, MessageInclusion? Include)
{
    /// <summary>The id of the run that it names; null if it takes messages only.</summary>
    public string? Named => Continues ?? Supersedes;

    /// <summary>Reads the three fields of a start; null if it has none of them. Refuses what no room could have.</summary>
    public static ThreadStart? Read(string? continues, string? supersedes, MessageInclusion? include)
    {
        if (continues is null && supersedes is null && include is null)
            return null;

        if (continues is not null && supersedes is not null)
            throw Invalid("Give either continues or supersedes: a run that supersedes another continues the same run.");

        return new ThreadStart(continues, supersedes, include is null ? null : Check(include));
    }

    /// <summary>Returns a hash that tells this start from one without the fields, and from one with others.</summary>
    public byte[] Hash(byte[] request)
    {
        var messages = string.Join(',', Include?.Messages ?? []);
        var fields = string.Create(CultureInfo.InvariantCulture, $"\nthread\n{Continues}\n{Supersedes}\n{Include?.Since}\n{messages}");
        return SHA256.HashData([.. request, .. Encoding.UTF8.GetBytes(fields)]);
    }

    private static MessageInclusion Check(MessageInclusion include)
    {
        var messages = include.Messages ?? [];
        if (include.Since is null == (messages.Count == 0))
            throw Invalid("include must have either since, or messages with at least one sequence.");

        if (messages.Count > MessageInclusion.MaxMessages)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge,
                $"include.messages has {messages.Count} sequences; at most {MessageInclusion.MaxMessages} are allowed.");
        }

        if (include.Since < 0 || messages.Any(message => message < 1))
            throw Invalid("include must have sequences of the room's events, which start at 1.");

        return include.Since is null ? new MessageInclusion(Messages: [.. messages.Distinct().Order()]) : include;
    }

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
