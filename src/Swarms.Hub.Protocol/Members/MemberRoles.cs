namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="Member.Role"/>, from the most to the least allowed.</summary>
public static class MemberRoles
{
    /// <summary>May do everything in the room.</summary>
    public const string Host = "host";

    /// <summary>May start runs and cancel its own.</summary>
    public const string Participant = "participant";

    /// <summary>May watch, say, react and raise a hand.</summary>
    public const string Viewer = "viewer";

    /// <summary>True for one of the three names.</summary>
    public static bool IsRole(string? role) => role is Host or Participant or Viewer;
}
