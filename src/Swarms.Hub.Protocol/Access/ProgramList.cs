namespace Swarms.Hub.Protocol;

/// <summary>The programs of a room.</summary>
public sealed record ProgramList
{
    /// <summary>The programs, newest first.</summary>
    public required IReadOnlyList<RoomProgram> Programs { get; init; }
}
