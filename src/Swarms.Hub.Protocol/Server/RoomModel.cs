namespace Swarms.Hub.Protocol;

/// <summary>A model that runs of a room may use.</summary>
/// <param name="Id">The name, as a request states it.</param>
/// <param name="Upstream">The name of the upstream that answers for it; <c>default</c> for the default one.</param>
public sealed record RoomModel(string Id, string Upstream);
