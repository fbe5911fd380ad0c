namespace Swarms.Hub.Presence;

/// <summary>The progress of one viewer. Safe from any thread.</summary>
internal interface IViewerProgress
{
    /// <summary>The number of events that the viewer has yet to be given; 0 while it keeps up.</summary>
    long EventsBehind { get; }
}
