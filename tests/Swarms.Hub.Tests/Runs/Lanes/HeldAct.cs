using CsCheck;

namespace Swarms.Hub.Runs;

/// <summary>One act of a story about a run whose text is held.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="A">Any number, which the act takes as it needs it.</param>
/// <param name="B">Another one.</param>
internal sealed record HeldAct(HeldAct.Kinds Kind, int A, int B)
{
    internal enum Kinds
    {
        Append,
        Wait,
        Mask,
        MaskHeld,
        Release,
        ReleaseAll,
        Join,
        Resume,
    }

    public static Gen<HeldAct> Any { get; } =
        from kind in Gen.Frequency(
            (5, Gen.Const(Kinds.Append)), (3, Gen.Const(Kinds.Wait)), (1, Gen.Const(Kinds.Mask)), (4, Gen.Const(Kinds.MaskHeld)),
            (2, Gen.Const(Kinds.Release)), (1, Gen.Const(Kinds.ReleaseAll)), (1, Gen.Const(Kinds.Join)), (1, Gen.Const(Kinds.Resume)))
        from a in Gen.Int[0, 1_000]
        from b in Gen.Int[0, 1_000]
        select new HeldAct(kind, a, b);
}
