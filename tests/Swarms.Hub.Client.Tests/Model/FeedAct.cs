using CsCheck;

namespace Swarms.Hub.Client.Tests.Model;

/// <summary>One thing that happens to a program that watches a room, or to what it watches.</summary>
/// <param name="What">The kind of act.</param>
/// <param name="Size">How much of it, where that means something.</param>
internal sealed record FeedAct(FeedAct.Kind What, int Size)
{
    internal enum Kind
    {
        /// <summary>Some events more.</summary>
        Append,

        /// <summary>Time passes until the program has everything, if it can.</summary>
        Settle,

        /// <summary>The connection breaks, and events come meanwhile.</summary>
        Cut,

        /// <summary>The stream ends without a word.</summary>
        Complete,

        /// <summary>From now on no connection is let in.</summary>
        Refuse,

        /// <summary>From now on they are again.</summary>
        Accept,

        /// <summary>Another history: the log without its last events, which goes on by others.</summary>
        ChangeHistory,

        /// <summary>The same, and this viewer stays.</summary>
        ChangeHistoryInMidStream,

        /// <summary>The next viewer with a cursor is too far behind.</summary>
        FallBehind,

        /// <summary>This viewer is too far behind.</summary>
        SnapshotInMidStream,

        /// <summary>A lie: events that were sent before.</summary>
        SendTwice,

        /// <summary>A lie: an event beyond the next.</summary>
        Skip,

        /// <summary>A value that is no frame.</summary>
        SendGarbage,

        /// <summary>A lie: the next viewer is resumed where it was not.</summary>
        ResumeElsewhere,

        /// <summary>The hub asks its viewers to come back.</summary>
        Drain,

        /// <summary>A slow program takes some more.</summary>
        Take,
    }

    private static readonly Gen<Kind> Kinds = Gen.Frequency(
        (12, Gen.Const(Kind.Append)), (12, Gen.Const(Kind.Settle)), (6, Gen.Const(Kind.Cut)),
        (2, Gen.Const(Kind.Complete)), (1, Gen.Const(Kind.Refuse)), (2, Gen.Const(Kind.Accept)),
        (2, Gen.Const(Kind.ChangeHistory)), (2, Gen.Const(Kind.ChangeHistoryInMidStream)), (2, Gen.Const(Kind.FallBehind)),
        (3, Gen.Const(Kind.SnapshotInMidStream)), (3, Gen.Const(Kind.SendTwice)), (3, Gen.Const(Kind.Skip)),
        (3, Gen.Const(Kind.SendGarbage)), (3, Gen.Const(Kind.ResumeElsewhere)), (1, Gen.Const(Kind.Drain)),
        (6, Gen.Const(Kind.Take)));

    /// <summary>Any of them.</summary>
    public static Gen<FeedAct> Any { get; } = Gen.Select(Kinds, Gen.Int[0, 8], (what, size) => new FeedAct(what, size));

    public override string ToString() => $"{What} {Size}";
}
