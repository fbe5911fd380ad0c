namespace Swarms.Hub.LoadTest.Generator;

/// <summary>The reading speed of a viewer.</summary>
internal enum ReadingHabit
{
    /// <summary>The viewer reads everything at once.</summary>
    Healthy,

    /// <summary>The viewer reads only its first frame, but keeps sending keep-alives.</summary>
    Stalled,

    /// <summary>The viewer reads 1 kB a second.</summary>
    Trickling,
}
