namespace Swarms.Hub.LoadTest.Generator;

/// <summary>How a viewer treats what it is sent.</summary>
internal enum ReadingHabit
{
    /// <summary>Reads all of it at once.</summary>
    Healthy,

    /// <summary>Reads its first frame and then nothing more, though it goes on sending keep-alives.</summary>
    Stalled,

    /// <summary>Reads 1 kB a second.</summary>
    Trickling,
}
