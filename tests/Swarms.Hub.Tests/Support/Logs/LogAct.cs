using CsCheck;

namespace Swarms.Hub.Support;

/// <summary>One act on a room's log or on one of its viewers.</summary>
/// <param name="What">The kind of act.</param>
/// <param name="Viewer">The viewer's number, if the act is a viewer's.</param>
/// <param name="Step">The step to append, if the act appends.</param>
internal sealed record LogAct(LogAct.Kind What, int Viewer, RoomStep Step)
{
    public const int Viewers = 3;

    internal enum Kind
    {
        /// <summary>A commit is handed to the writer, which may store it now or later.</summary>
        Append,

        /// <summary>A commit is appended that will be refused.</summary>
        AppendRefused,

        /// <summary>Time passes until everything is stored.</summary>
        Commit,

        /// <summary>The disk fails from now on.</summary>
        Break,

        /// <summary>The disk works again.</summary>
        Mend,

        /// <summary>The viewer watches from now on, without a cursor.</summary>
        Join,

        /// <summary>The viewer leaves and comes back with its cursor.</summary>
        Resume,

        /// <summary>The viewer takes one frame, if there must be one.</summary>
        Read,

        /// <summary>The room leaves memory and is loaded again.</summary>
        Evict,

        /// <summary>The hub stops cleanly and starts again.</summary>
        Restart,

        /// <summary>The hub crashes, as by kill -9, and starts again.</summary>
        Crash,

        /// <summary>A copy of the store is taken.</summary>
        Copy,

        /// <summary>The last copy replaces the database.</summary>
        Restore,

        /// <summary>Another program appends to the room in the store, or removes its last event.</summary>
        WriteFromOutside,

        /// <summary>The next transactions are stored, but their answers are lost.</summary>
        LoseAnswer,

        /// <summary>The room is deleted, and the next acts happen in another room.</summary>
        Delete,
    }

    private static readonly Gen<RoomStep> Steps = RoomStep.Any(Gen.Frequency((20, Gen.Int[1, 9]), (1, Gen.Int[20_000, 40_000])));

    private static readonly Gen<Kind> Kinds = Gen.Frequency(
        (30, Gen.Const(Kind.Append)), (2, Gen.Const(Kind.AppendRefused)), (12, Gen.Const(Kind.Commit)),
        (2, Gen.Const(Kind.Break)), (3, Gen.Const(Kind.Mend)),
        (6, Gen.Const(Kind.Join)), (6, Gen.Const(Kind.Resume)), (30, Gen.Const(Kind.Read)),
        (2, Gen.Const(Kind.Evict)), (1, Gen.Const(Kind.Restart)), (1, Gen.Const(Kind.Crash)),
        (2, Gen.Const(Kind.Copy)), (1, Gen.Const(Kind.Restore)),
        (1, Gen.Const(Kind.WriteFromOutside)), (2, Gen.Const(Kind.LoseAnswer)), (1, Gen.Const(Kind.Delete)));

    /// <summary>Generates any act.</summary>
    public static Gen<LogAct> Any { get; } = Gen.Select(
        Kinds, Gen.Int[0, Viewers - 1], Steps, (what, viewer, step) => new LogAct(what, viewer, step));

    public override string ToString() => What switch
    {
        Kind.Append => $"Append {Step}",
        Kind.Join or Kind.Resume or Kind.Read => $"{What} {Viewer}",
        _ => $"{What}",
    };
}
