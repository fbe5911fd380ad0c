namespace Swarms.Hub.Protocol;

/// <summary>A run that was accepted.</summary>
public sealed record RunStarted
{
    /// <summary>As it stands now.</summary>
    public required Run Run { get; init; }
}
