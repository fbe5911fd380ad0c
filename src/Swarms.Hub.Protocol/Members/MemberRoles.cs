namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="Member.Role"/>, from the most to the least allowed.</summary>
public static class MemberRoles
{
    /// <summary>A host may do everything in the room.</summary>
    public const string Host = "host";

    /// <summary>A participant may also start runs and cancel its own.</summary>
    public const string Participant = "participant";

    /// <summary>A viewer may watch, say, react and raise a hand.</summary>
    public const string Viewer = "viewer";

    /// <summary>Returns true for one of the three roles.</summary>
    public static bool IsRole(string? role) => role is Host or Participant or Viewer;
}
