namespace Swarms.Hub.Protocol;

/// <summary>The reasons of <c>member.left</c> events.</summary>
public static class LeaveReasons
{
    /// <summary>The member left by itself.</summary>
    public const string Left = "left";

    /// <summary>A host removed the member.</summary>
    public const string Removed = "removed";
}
