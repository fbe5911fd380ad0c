namespace Swarms.Hub.Runs;

/// <summary>The other runs beside which a run may not run, because nothing bounds what it spends.</summary>
internal enum RunSolitude
{
    /// <summary>A reservation bounds it, or no budget counts it.</summary>
    None,

    /// <summary>Other unbounded runs of its room.</summary>
    InRoom,

    /// <summary>Other unbounded runs of the hub.</summary>
    InHub,
}
