namespace Swarms.Hub.Diagnostics;

/// <summary>A part of the hub that may keep rooms from being served.</summary>
internal interface IReadiness
{
    /// <summary>Returns the reason why rooms cannot be served now; null while they can.</summary>
    string? FindObstacle();
}
