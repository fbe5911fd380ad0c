using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Rooms;

/// <summary>Section <c>RoomSettings</c>: what rooms have where their hosts chose nothing, and what hosts may choose.</summary>
internal sealed class RoomSettingOptions
{
    /// <summary>Only hosts act. Default false.</summary>
    public bool Locked { get; set; }

    /// <summary>The runs of all but hosts are proposals first. Default false.</summary>
    public bool Moderated { get; set; }

    /// <summary>Viewers may send messages and react. Default true.</summary>
    public bool ViewersMayTalk { get; set; } = true;

    /// <summary>All but hosts start runs by the room's agents only. Default false.</summary>
    public bool AgentsOnly { get; set; }

    /// <summary>The members who see costs: <c>all</c>, <c>participants</c> (and hosts), or <c>hosts</c>. Default <c>all</c>.</summary>
    [RegularExpression("^(all|participants|hosts)$", ErrorMessage = "all, participants or hosts")]
    public string ShowMoney { get; set; } = "all";

    /// <summary>The settings that hosts may not change, by their names on the wire. Default none.</summary>
    [RegularExpression(
        "^(locked|moderated|viewersMayTalk|agentsOnly|retentionSeconds|showMoney|budget|holdBack)$",
        ErrorMessage = "locked, moderated, viewersMayTalk, agentsOnly, retentionSeconds, showMoney, budget or holdBack")]
    public IList<string> Fixed { get; init; } = [];
}
