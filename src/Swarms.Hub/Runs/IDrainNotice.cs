namespace Swarms.Hub.Runs;

/// <summary>The port to all clients of this process, which tells them that it stops.</summary>
internal interface IDrainNotice
{
    /// <summary>Tells the clients to reconnect within a random part of this time. Completes when the slowest one has the message.</summary>
    Task SendDrainingAsync(int reconnectWithinSeconds);
}
