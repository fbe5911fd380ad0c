using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Says something in the room and returns its sequence.</summary>
    public async Task<long> SayAsync(string text, CancellationToken cancellationToken = default)
    {
        var said = await _endpoint.SendAsync<MessageSaid>(
            HttpMethod.Post, "/messages", new SayRequest { Text = text }, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        return said.Sequence;
    }

    /// <summary>
    /// Reacts to an event, by its sequence. Refused with <c>conflict</c> where the hub's history is no longer the one that was handed
    /// over: the sequence may be another event's there. Repeats the call by itself where it may not have arrived, which is safe because
    /// a second identical reaction appends nothing.
    /// </summary>
    public Task ReactAsync(long target, string emoji, CancellationToken cancellationToken = default)
    {
        var body = new ReactRequest { Target = target, Emoji = emoji, Cursor = _view.CursorFor(target) };
        return _endpoint.SendAsync(HttpMethod.Post, "/reactions", body, isRepeatable: true, cancellationToken);
    }
}
