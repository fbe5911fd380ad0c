using System.Reflection;
using Swarms.Hub.Hubs;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

/// <summary>
/// Each cell of the table of roles, at every door. A refused call must also leave the room as it is.
/// </summary>
public sealed class RoleTableTests(SharedHub shared)
{
    public static TheoryData<string, string> Cells => new(
        from act in RoleTable.Acts
        from role in RoleTable.Roles
        where act.OutcomeOf(role) != "-"
        select (act.Name, role));

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Act_Has_The_Outcome_Of_Its_Cell_At_Each_Door(string name, string role)
    {
        var act = RoleTable.Find(name);
        var outcome = act.OutcomeOf(role);
        var seen = new List<string>();
        RoleRoom? room = null;
        var acts = 0;
        foreach (var door in act.Doors)
        {
            // A refusal must change nothing, so one room serves for all doors.
            if (room is null || outcome == RoleTable.Yes)
            {
                room = await RoleRoom.CreateAsync(shared.Hub, role);
                await act.Prepare(room);
                acts = outcome == RoleTable.Yes ? 0 : await room.CountActsAsync();
            }

            seen.Add($"{door.Name}: {await door.CallAsync(room)}");
        }

        Assert.Equal(act.Doors.Select(door => $"{door.Name}: {outcome}"), seen);
        if (outcome != RoleTable.Yes)
            Assert.Equal(acts, await room!.CountActsAsync());
    }

    [Fact]
    public void Table_Has_Every_Method_Of_The_Hub()
    {
        var methods = typeof(RoomHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => method.Name).Order(StringComparer.Ordinal);

        Assert.Equal(methods, NamesOf<RoleDoor.Method>());
    }

    [Fact]
    public async Task Table_Has_Every_Call_Of_The_Document()
    {
        var document = (await shared.Hub.Anybody().GetAsync("/openapi/v1.json")).Json;
        var calls = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Where(call => call.Value.GetProperty("tags")[0].GetString() != "Operators")
                .Select(call => $"{call.Name.ToUpperInvariant()} {path.Name}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(calls, NamesOf<RoleDoor.Http>());
    }

    private static IEnumerable<string> NamesOf<T>() where T : RoleDoor =>
        RoleTable.Acts.SelectMany(act => act.Doors).OfType<T>().Select(door => door.Name).Distinct().Order(StringComparer.Ordinal);
}
