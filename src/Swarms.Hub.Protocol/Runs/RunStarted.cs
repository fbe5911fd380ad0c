namespace Swarms.Hub.Protocol;

/// <summary>The answer to a run that was accepted.</summary>
public sealed record RunStarted
{
    /// <summary>The run as it stands now.</summary>
    public required Run Run { get; init; }
}
