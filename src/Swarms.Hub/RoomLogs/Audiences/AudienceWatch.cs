namespace Swarms.Hub.RoomLogs;

/// <summary>The audience of one member, for a loop that asks often: only a change takes the room's lock. Used by one loop.</summary>
internal sealed class AudienceWatch(RoomLog log, string memberId)
{
    private Audience _audience;
    private int? _version;

    /// <summary>The audience by all that is published.</summary>
    public Audience Current
    {
        get
        {
            // The version is read first: a change in between is then seen by the next call.
            var version = log.AudienceVersion;
            if (version != _version)
                (_audience, _version) = (log.AudienceOf(memberId), version);

            return _audience;
        }
    }
}
