namespace Peers;

/// <summary>Shows a room its next event. Called by one loop for each room.</summary>
internal interface IBroadcast
{
    ValueTask SendAsync(string room, RelayedEvent relayed);
}
