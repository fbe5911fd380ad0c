using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A reaction that a member has given to a passage of a run, so that it is not given twice.</summary>
internal sealed class PassageReactionRow
{
    public long RoomKey { get; set; }

    /// <summary>The sequence of the passage's first chunk.</summary>
    public long Target { get; set; }

    public required string MemberId { get; set; }

    public required string Emoji { get; set; }

    /// <summary>The rest of the passage in one word.</summary>
    public required string Passage { get; set; }

    public required string RunId { get; set; }

    /// <summary>The sequence of the <c>reaction</c> event.</summary>
    public long Sequence { get; set; }

    public static string KeyOf(Passage passage) =>
        string.Create(CultureInfo.InvariantCulture, $"{passage.FromOffset}-{passage.To}-{passage.ToOffset}");
}
