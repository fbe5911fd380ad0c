namespace Swarms.Hub.Protocol;

/// <summary>The models that runs of a room may use.</summary>
/// <param name="Models">The models that are known by name.</param>
/// <param name="IsOpen">True if the default upstream takes other models too.</param>
public sealed record RoomModels(IReadOnlyList<RoomModel> Models, bool IsOpen);
