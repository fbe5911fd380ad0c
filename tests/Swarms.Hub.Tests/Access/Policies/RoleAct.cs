namespace Swarms.Hub.Access;

/// <summary>Something that people do, and who may do it.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Outcomes">One for each of <see cref="RoleTable.Roles"/>: yes, a code, or a dash where there is no such thing.</param>
/// <param name="Doors">The ways to do it, which all have the same outcomes.</param>
internal sealed record RoleAct(string Name, string Outcomes, params RoleDoor[] Doors)
{
    /// <summary>Makes what the act needs.</summary>
    public Func<RoleRoom, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    public string OutcomeOf(string role) => Outcomes.Split(' ')[Array.IndexOf(RoleTable.Roles, role)];
}
