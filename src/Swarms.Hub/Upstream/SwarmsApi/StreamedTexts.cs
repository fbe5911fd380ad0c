using System.Text;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// The texts of one stream, one for each agent: chunks come out without secrets, wherever the upstream cut them. What may still become a
/// secret is held back until the next chunk of that agent, its end, or the stream's. Used by the loop of one run, in order.
/// </summary>
internal sealed class StreamedTexts(UpstreamSecrets secrets)
{
    private readonly UpstreamEvents _events = new(secrets);
    private readonly Dictionary<string, SecretFilter> _texts = [];
    private readonly List<UpstreamFrame> _released = [];
    private string? _frameName;
    private string? _changed;

    /// <summary>Returns the chunk that is ready; null if all of it is held back.</summary>
    public UpstreamEvent? Add(string? frameName, string text, string? agent)
    {
        _frameName = frameName;
        if (!_texts.TryGetValue(agent ?? "", out var filter))
            _texts.Add(agent ?? "", filter = secrets.Filter());

        var ready = filter.Add(text);
        _changed = ready == text ? null : ready;
        return ready.Length == 0 ? null : _events.Chunk(ready, agent);
    }

    /// <summary>Returns the text that the last chunk's frame must have instead of its own; null if it has the right one.</summary>
    public string? TakeChanged()
    {
        var changed = _changed;
        _changed = null;
        return changed;
    }

    /// <summary>Releases what was held back of an agent's text, because the text is over.</summary>
    public void Release(string? agent)
    {
        if (!_texts.TryGetValue(agent ?? "", out var filter) || filter.Finish() is not { Length: > 0 } text)
            return;

        var chunk = _events.Chunk(text, agent);
        _released.Add(new(new SseFrame(_frameName, Encoding.UTF8.GetString(chunk.Data.Span)), chunk));
    }

    public void ReleaseAll()
    {
        foreach (var agent in _texts.Keys)
            Release(agent);
    }

    /// <summary>Returns what was released since the last call.</summary>
    public IReadOnlyList<UpstreamFrame> TakeReleased()
    {
        if (_released.Count == 0)
            return [];

        UpstreamFrame[] released = [.. _released];
        _released.Clear();
        return released;
    }
}
