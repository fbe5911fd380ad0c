namespace Swarms.Hub.Storage.Model;

/// <summary>What a blind group hides of one run, until a host reveals it.</summary>
internal sealed class HiddenRunRow
{
    public required string RunId { get; set; }

    public long RoomKey { get; set; }

    public required string GroupId { get; set; }

    /// <summary>The <see cref="Protocol.RevealedRun"/> as JSON.</summary>
    public required string View { get; set; }
}
