namespace Swarms.Hub.Access;

/// <summary>
/// What each setting lets people do: for each act one cell for each of <see cref="Settings"/>. The letters h, p and v are the roles who may
/// do it. A dash is a refusal, and a dot says that there is no such thing.
/// </summary>
internal static class SettingsTable
{
    /// <summary>The settings, as a host gives them.</summary>
    public static readonly (string Name, bool Value)[] Settings =
        [("locked", true), ("moderated", true), ("viewersMayTalk", false), ("agentsOnly", true), ("archived", true)];

    public static readonly IReadOnlyDictionary<string, string[]> Cells = new Dictionary<string, string[]>
    {
        //                               locked moderated quiet agents archived
        ["say"] = ["h--", "hpv", "hp-", "hpv", "---"],
        ["edit an own message"] = ["h--", "hpv", "hp-", "hpv", "---"],
        ["take an own message back"] = ["h--", "hpv", "hpv", "hpv", "h--"],
        ["remove another's message"] = ["h--", "h--", "h--", "h--", "h--"],
        ["react"] = ["h--", "hpv", "hp-", "hpv", "---"],
        ["take a reaction back"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["raise a hand"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["lower the own hand"] = ["hpv", "hpv", "hpv", "hpv", "---"],
        ["lower another's hand"] = ["h--", "h--", "h--", "h--", "---"],
        ["lower all hands"] = ["h--", "h--", "h--", "h--", "---"],
        ["start a run"] = ["h--", "hpv", "hp-", "h--", "---"],
        ["start an agent"] = ["h--", "hpv", "hp-", "hp-", "---"],
        ["start a group"] = ["h--", "h--", "hp-", "h--", "---"],
        ["vote"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["take a vote back"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["reveal a group"] = ["h--", "h--", "h--", "h--", "---"],
        // A caller there waits for a host where the room is moderated.
        ["start at a Swarms door"] = ["h--", "h..", "hp-", "h--", "---"],
        ["start another call at a Swarms door"] = ["h--", "h..", "hp-", "h--", "---"],
        ["start a batch at a Swarms door"] = ["h--", "h..", "hp-", "h--", "---"],
        ["start at the chat door"] = ["h--", "h..", "hp-", "h--", "---"],
        ["cancel an own run"] = ["hp.", "hp.", "hp.", "hp.", "hp."],
        ["cancel another's run"] = ["h--", "h--", "h--", "h--", "h--"],
        ["hide a run"] = ["h--", "h--", "h--", "h--", "h--"],
        ["show a run"] = ["h--", "h--", "h--", "h--", "h--"],
        ["remove a run"] = ["h--", "h--", "h--", "h--", "h--"],
        // What is held was admitted before.
        ["mask held text"] = ["h--", "h--", "h--", "h--", "h--"],
        ["release held text"] = ["h--", "h--", "h--", "h--", "h--"],
        ["set an agent"] = ["h--", "h--", "h--", "h--", "---"],
        ["remove an agent"] = ["h--", "h--", "h--", "h--", "---"],
        ["withdraw an own proposal"] = [".pv", ".pv", ".pv", ".pv", ".pv"],
        ["withdraw another's proposal"] = ["h--", "h--", "h--", "h--", "h--"],
        ["support a proposal"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["take support back"] = ["h--", "hpv", "hpv", "hpv", "---"],
        ["approve a proposal"] = ["h--", "h--", "h--", "h--", "---"],
        ["decline a proposal"] = ["h--", "h--", "h--", "h--", "h--"],
        ["place a proposal"] = ["h--", "h--", "h--", "h--", "---"],
        ["change the room"] = ["h--", "h--", "h--", "h--", "h--"],
        ["change settings"] = ["h--", "h--", "h--", "h--", "h--"],
        ["change a role"] = ["h--", "h--", "h--", "h--", "h--"],
        ["rename another"] = ["h--", "h--", "h--", "h--", "h--"],
        ["hand over"] = ["h--", "h--", "h--", "h--", "h--"],
        ["remove a member"] = ["h--", "h--", "h--", "h--", "h--"],
        ["admit a program"] = ["h--", "h--", "h--", "h--", "h--"],
        ["delete the room"] = ["h--", "h--", "h--", "h--", "h--"],
        ["rename oneself"] = ["h--", "hpv", "hpv", "hpv", "h--"],
        ["leave"] = ["hpv", "hpv", "hpv", "hpv", "hpv"],
        ["exchange the own token"] = ["hpv", "hpv", "hpv", "hpv", "hpv"],
    };
}
