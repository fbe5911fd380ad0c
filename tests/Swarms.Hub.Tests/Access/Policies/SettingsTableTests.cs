using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

/// <summary>Each cell of the table of settings. The writer asks the settings, whichever door an act came by.</summary>
public sealed class SettingsTableTests(SharedHub shared)
{
    private static readonly string[] Roles = [MemberRoles.Host, MemberRoles.Participant, MemberRoles.Viewer];

    public static TheoryData<string, string> Cells => new(
        from name in SettingsTable.Cells.Keys
        from role in Roles
        where ColumnsOf(name, role).Any()
        select (name, role));

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Settings_Let_A_Role_Do_What_Its_Cells_Say(string name, string role)
    {
        var act = RoleTable.Find(name);
        var (expected, seen) = (new List<string>(), new List<string>());
        RoleRoom? kept = null;
        var acts = 0;
        foreach (var column in ColumnsOf(name, role))
        {
            var (setting, value) = SettingsTable.Settings[column];
            var isAllowed = SettingsTable.Cells[name][column][Array.IndexOf(Roles, role)] != '-';
            var room = isAllowed || kept is null ? await CreateAsync(act, role) : kept;
            if (!isAllowed && kept is null)
                acts = await room.CountActsAsync(room.Host.Member);

            await room.SetAsync(new Dictionary<string, bool> { [setting] = value });
            expected.Add($"{setting}: {(isAllowed ? RoleTable.Yes : ErrorCodes.Forbidden)}");
            seen.Add($"{setting}: {await act.Doors[0].CallAsync(room)}");
            if (isAllowed)
                continue;

            // A refusal must change nothing, so one room serves for all of them. Its host changes settings only.
            await room.SetAsync(new Dictionary<string, bool?> { [setting] = null });
            kept = room;
        }

        Assert.Equal(expected, seen);
        if (kept is not null)
            Assert.Equal(acts, await kept.CountActsAsync(kept.Host.Member));
    }

    [Fact]
    public void Table_Has_Every_Act_That_Changes_A_Room()
    {
        // These change no log, or are in the table by another name.
        string[] others =
        [
            "invite", "take an invite back", "lift a ban", "ban a member", "list bans", "list programs", "make a return link",
            "embed a run", "take an embed back",
            "revoke the return link", "propose a run", "change the own role", "ask for a ticket",
        ];
        var acts = RoleTable.Acts.Where(act => act.OutcomeOf(RoleTable.Nobody) == ErrorCodes.Unauthenticated
            && act.OutcomeOf(MemberRoles.Host) != ErrorCodes.Forbidden
            && act.Doors.Any(door => door is RoleDoor.Http && !door.Name.StartsWith("GET", StringComparison.Ordinal)));

        Assert.Equal(acts.Select(act => act.Name).Except(others).Order(), SettingsTable.Cells.Keys.Order());
    }

    private static IEnumerable<int> ColumnsOf(string name, string role) =>
        Enumerable.Range(0, SettingsTable.Settings.Length)
            .Where(column => SettingsTable.Cells[name][column][Array.IndexOf(Roles, role)] != '.');

    private async Task<RoleRoom> CreateAsync(RoleAct act, string role)
    {
        var room = await RoleRoom.CreateAsync(shared.Hub, role);
        await act.Prepare(room);
        return room;
    }
}
