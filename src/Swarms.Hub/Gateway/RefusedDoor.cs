namespace Swarms.Hub.Gateway;

/// <summary>Marks an address of another API that the hub refuses with a reason, so that no list of doors has it.</summary>
internal sealed class RefusedDoor
{
    public static RefusedDoor Instance { get; } = new();
}
