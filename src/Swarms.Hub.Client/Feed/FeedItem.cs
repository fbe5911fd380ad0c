using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>One thing that the feed read: a frame that has yet to be folded, or an update that is ready to be handed over.</summary>
internal readonly record struct FeedItem(RoomFrame? Frame, RoomUpdate? Update)
{
    public bool IsPresence => Update is PresenceUpdate;

    /// <summary>How many events it counts for in <see cref="UpdateQueue"/>.</summary>
    public int Weight => Frame?.Events?.Count ?? 1;
}
