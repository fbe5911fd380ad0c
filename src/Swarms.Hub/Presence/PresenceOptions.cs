using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Presence;

/// <summary>Section <c>Presence</c>.</summary>
internal sealed class PresenceOptions
{
    /// <summary>
    /// The time without a connection after which a member counts as gone. The SDKs are back within ten seconds of a cut, so the default
    /// tells of nobody who only reconnects. 1 second to 10 minutes; default 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(15);
}
