namespace Swarms.Hub.Diagnostics;

/// <summary>Something that can say why rooms cannot be served at the moment; null while they can.</summary>
internal interface IReadiness
{
    string? FindObstacle();
}
