namespace Swarms.Hub.Runs;

/// <summary>The port to everybody who watches this process, for the word that it stops.</summary>
internal interface IDrainNotice
{
    /// <summary>Tells them to reconnect within a random part of that time. Completes when the slowest has taken it.</summary>
    Task SendDrainingAsync(int reconnectWithinSeconds);
}
