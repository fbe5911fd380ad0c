using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Says something in the room and returns its sequence.</summary>
    public Task<long> SayAsync(string text, CancellationToken cancellationToken = default) =>
        SayAsync(new SayRequest { Text = text }, cancellationToken);

    /// <summary>
    /// Says something that answers a message or quotes a passage. Refused with <c>conflict</c> where that was removed, or where the hub's
    /// history is no longer the one that was handed over.
    /// </summary>
    public async Task<long> SayAsync(SayRequest say, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(say);
        var latest = Math.Max(say.ReplyTo ?? 0, say.Quote?.To ?? 0);
        var body = say with { Cursor = say.Cursor ?? (latest == 0 ? null : _view.CursorFor(latest)) };
        var said = await _endpoint.SendAsync<MessageSaid>(HttpMethod.Post, "/messages", body, isRepeatable: false, cancellationToken)
            .ConfigureAwait(false);
        return said.Sequence;
    }

    /// <summary>Messages as they stand: the newest, or those before one.</summary>
    /// <param name="before">A page's <see cref="MessagePage.Next"/>, or a message's sequence; the newest if left out.</param>
    /// <param name="limit">1 to 200; 50 if left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<MessagePage> ListMessagesAsync(
        long? before = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var parts = new (string Name, IFormattable? Value)[] { ("before", before), ("limit", limit) }
            .Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={part.Value!.ToString(null, CultureInfo.InvariantCulture)}");
        return _endpoint.SendAsync<MessagePage>(
            HttpMethod.Get, "/messages?" + string.Join('&', parts), null, isRepeatable: true, cancellationToken);
    }

    /// <summary>Changes the text of the caller's own message. The earlier text is erased.</summary>
    public Task EditMessageAsync(long target, string text, CancellationToken cancellationToken = default) => _endpoint.SendAsync(
        HttpMethod.Patch,
        PathOf(target),
        new EditMessageRequest { Text = text, Cursor = _view.CursorFor(target) },
        isRepeatable: true,
        cancellationToken);

    /// <summary>Removes a message: the caller's own, or as a host any. Its text is erased.</summary>
    public Task RemoveMessageAsync(long target, CancellationToken cancellationToken = default)
    {
        var query = _view.CursorFor(target) is { } cursor ? $"?cursor={Escape(cursor)}" : "";
        return _endpoint.SendAsync(HttpMethod.Delete, PathOf(target) + query, null, isRepeatable: true, cancellationToken);
    }

    /// <summary>
    /// Reacts to an event, by its sequence. Refused with <c>conflict</c> where the hub's history is no longer the one that was handed
    /// over: the sequence may be another event's there. Repeats the call by itself where it may not have arrived, which is safe because
    /// a second identical reaction appends nothing.
    /// </summary>
    public Task ReactAsync(long target, string emoji, CancellationToken cancellationToken = default) =>
        SendAsync("/reactions", new ReactRequest { Target = target, Emoji = emoji, Cursor = _view.CursorFor(target) }, cancellationToken);

    /// <summary>Reacts to a passage of a run.</summary>
    public Task ReactAsync(Passage passage, string emoji, CancellationToken cancellationToken = default) =>
        SendAsync("/reactions", RequestOf(passage, emoji), cancellationToken);

    /// <summary>Takes the caller's own reaction to an event back.</summary>
    public Task UnreactAsync(long target, string emoji, CancellationToken cancellationToken = default)
    {
        var body = new ReactRequest { Target = target, Emoji = emoji, Cursor = _view.CursorFor(target) };
        return SendAsync("/reactions/take-back", body, cancellationToken);
    }

    /// <summary>Takes the caller's own reaction to a passage back.</summary>
    public Task UnreactAsync(Passage passage, string emoji, CancellationToken cancellationToken = default) =>
        SendAsync("/reactions/take-back", RequestOf(passage, emoji), cancellationToken);

    private ReactRequest RequestOf(Passage passage, string emoji)
    {
        ArgumentNullException.ThrowIfNull(passage);
        return new ReactRequest { Target = passage.From, Emoji = emoji, Passage = passage, Cursor = _view.CursorFor(passage.To) };
    }

    private Task SendAsync(string path, ReactRequest body, CancellationToken cancellationToken) =>
        _endpoint.SendAsync(HttpMethod.Post, path, body, isRepeatable: true, cancellationToken);

    private static string PathOf(long message) => string.Create(CultureInfo.InvariantCulture, $"/messages/{message}");
}
