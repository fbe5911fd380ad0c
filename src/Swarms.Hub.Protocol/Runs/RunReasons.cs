namespace Swarms.Hub.Protocol;

/// <summary>The reasons of <c>cancelled</c> and <c>interrupted</c> events.</summary>
public static class RunReasons
{
    /// <summary><c>cancelled</c>: a member asked for it.</summary>
    public const string Requested = "requested";

    /// <summary><c>cancelled</c>: the room was deleted.</summary>
    public const string RoomDeleted = "room_deleted";

    /// <summary><c>cancelled</c>: the member who started it left or was removed.</summary>
    public const string MemberLeft = "member_left";

    /// <summary><c>cancelled</c>: the member who started it became a viewer.</summary>
    public const string MemberChanged = "member_changed";

    /// <summary><c>cancelled</c>: the budget was used up, and it says that running runs stop then.</summary>
    public const string OverBudget = "over_budget";

    /// <summary><c>cancelled</c>: the run's text was held, and no host was here to release it.</summary>
    public const string NoHost = "no_host";

    /// <summary><c>interrupted</c>: the hub crashed during the run. Written at the next start.</summary>
    public const string HubCrashed = "hub_crashed";

    /// <summary><c>interrupted</c>: the hub was stopped.</summary>
    public const string HubStopped = "hub_stopped";

    /// <summary><c>interrupted</c>: another program changed the room in the hub's database.</summary>
    public const string StorageChanged = "storage_changed";
}
