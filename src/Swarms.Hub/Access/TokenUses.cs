using Swarms.Hub.Errors;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Access;

/// <summary>Stores when tokens were used last, to the hour, and so extends sessions. Safe from any thread.</summary>
internal sealed class TokenUses(TimeProvider time)
{
    /// <summary>Notes the use. Never waits and never fails: a use that is not stored now is stored with the next.</summary>
    public void Note(RoomLog log, CallerKind kind, FoundToken token)
    {
        var now = time.GetUtcNow();
        if (log.IsStorageAvailable && token.TryUse(now))
        {
            var expiresAt = kind == CallerKind.Session ? now + SessionCookie.Lifetime : token.ExpiresAt;
            _ = SaveAsync(log, new TokenChange.Use(token.Hash, now, expiresAt));
        }
    }

    private static async Task SaveAsync(RoomLog log, TokenChange.Use use)
    {
        try
        {
            await log.AppendAsync([], Durability.Process, CancellationToken.None, use);
        }
        catch (Exception e) when (e is HubErrorException or LogClosedException)
        {
            // The room is loaded anew, or the hub stops.
        }
    }
}
