using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The settings of a room that are in effect: its hosts' own, and the hub's defaults for the rest.</summary>
public sealed record RoomSettings
{
    /// <summary>Only hosts act; the others watch.</summary>
    public bool Locked { get; init; }

    /// <summary>The runs of all but hosts are proposals first, which a host approves or declines.</summary>
    public bool Moderated { get; init; }

    /// <summary>Viewers may send messages and react.</summary>
    public bool ViewersMayTalk { get; init; } = true;

    /// <summary>All but hosts start runs by the room's agents only.</summary>
    public bool AgentsOnly { get; init; }

    /// <summary>The room is read-only.</summary>
    public bool Archived { get; init; }

    /// <summary>The seconds without an event after which the room is deleted; null if it stays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RetentionSeconds { get; init; }

    /// <summary>The members who see costs: one of <see cref="MoneyAudiences"/>.</summary>
    [OneOf(typeof(MoneyAudiences))]
    public string ShowMoney { get; init; } = MoneyAudiences.All;

    /// <summary>The limits of the room's spending; null without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomBudget? Budget { get; init; }

    /// <summary>How texts of runs are held back; null where everybody gets them at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HoldBack? HoldBack { get; init; }

    /// <summary>The names of the settings that the room's hosts chose, in alphabetical order; the others are the hub's defaults.</summary>
    public IReadOnlyList<string> FromRoom { get; init; } = [];

    /// <summary>The settings of a room whose log says nothing about them.</summary>
    public static RoomSettings Initial { get; } = new();

    /// <summary>True if both have the same values from the same sources.</summary>
    public bool Equals(RoomSettings? other) =>
        other is not null
        && (Locked, Moderated, ViewersMayTalk, AgentsOnly, Archived, RetentionSeconds, ShowMoney)
            == (other.Locked, other.Moderated, other.ViewersMayTalk, other.AgentsOnly, other.Archived, other.RetentionSeconds,
                other.ShowMoney)
        && Budget == other.Budget
        && HoldBack == other.HoldBack
        && FromRoom.SequenceEqual(other.FromRoom);

    /// <summary>Returns the same number for equal settings.</summary>
    public override int GetHashCode() =>
        HashCode.Combine(Locked, Moderated, ViewersMayTalk, AgentsOnly, Archived, RetentionSeconds, ShowMoney, FromRoom.Count);

    /// <summary>Reads the object of an event. A field that is missing or of another type has its initial value.</summary>
    public static RoomSettings Read(JsonElement settings) => new()
    {
        Locked = settings.Flag("locked") ?? Initial.Locked,
        Moderated = settings.Flag("moderated") ?? Initial.Moderated,
        ViewersMayTalk = settings.Flag("viewersMayTalk") ?? Initial.ViewersMayTalk,
        AgentsOnly = settings.Flag("agentsOnly") ?? Initial.AgentsOnly,
        Archived = settings.Flag("archived") ?? Initial.Archived,
        RetentionSeconds = settings.Number("retentionSeconds"),
        ShowMoney = settings.Text("showMoney") ?? Initial.ShowMoney,
        Budget = settings.Object("budget") is { ValueKind: JsonValueKind.Object } budget ? RoomBudget.Read(budget) : null,
        HoldBack = settings.Object("holdBack") is { ValueKind: JsonValueKind.Object } holdBack ? Protocol.HoldBack.Read(holdBack) : null,
        FromRoom = settings.Texts("fromRoom"),
    };

    /// <summary>True if members of this role see costs.</summary>
    public bool ShowsMoneyTo(string role) => ShowMoney switch
    {
        MoneyAudiences.Hosts => role == MemberRoles.Host,
        MoneyAudiences.Participants => role is MemberRoles.Host or MemberRoles.Participant,
        _ => true,
    };
}
