namespace Swarms.Hub.Diagnostics;

/// <summary>
/// A step that runs before the hub is ready, but only once it listens: a start that cannot listen then leaves no trace. Steps run one
/// after the other, in the order in which they were added. A step that throws ends the start.
/// </summary>
internal interface IStartStep
{
    Task RunAsync(CancellationToken cancellationToken);
}
