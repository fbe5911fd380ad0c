namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="BudgetWarnedPayload.Scope"/>.</summary>
public static class BudgetScopes
{
    /// <summary>All runs of the room.</summary>
    public const string Room = "room";

    /// <summary>The runs of one member.</summary>
    public const string Member = "member";

    /// <summary>The runs with one model.</summary>
    public const string Model = "model";

    /// <summary>All runs of the hub.</summary>
    public const string Hub = "hub";
}
