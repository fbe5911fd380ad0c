using CsCheck;

namespace Swarms.Hub.Support;

/// <summary>One step in the life of a room.</summary>
/// <param name="What">The kind of step.</param>
/// <param name="Pick">The choice among the members, runs or messages that are there.</param>
/// <param name="Size">The length or the number.</param>
internal sealed record RoomStep(RoomStep.Kind What, int Pick, int Size)
{
    internal enum Kind
    {
        Say,
        Join,
        Leave,
        Rename,
        Hand,
        React,
        RenameRoom,
        Queue,
        Move,
        Start,
        Speak,
        Report,
        End,
        WholeRun,
    }

    /// <summary>Generates any step with a size of the given generator.</summary>
    public static Gen<RoomStep> Any(Gen<int> size) =>
        Gen.Select(Gen.Enum<Kind>(), Gen.Int[0, 99], size, (what, pick, length) => new RoomStep(what, pick, length));

    public override string ToString() => $"{What}({Pick}, {Size})";
}
