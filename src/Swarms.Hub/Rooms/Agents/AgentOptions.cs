using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>Section <c>Agents</c>.</summary>
internal sealed class AgentOptions
{
    /// <summary>
    /// The runs that mentions start in one room within a minute; further mentions start none. 0 to 600, 0 for none at all; default 6.
    /// </summary>
    [Range(0, 600)]
    public int MentionsPerMinute { get; set; } = 6;
}
