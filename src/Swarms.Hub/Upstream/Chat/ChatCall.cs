using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Chat;

/// <summary>
/// One call of a model. Its stream is read once, by the loop of one run, and from the network only when that loop asks. The last frame is
/// always <c>done</c> or <c>error</c>, whatever happens to the connection. Disposing it closes the connection of an unfinished answer.
/// Next: <see cref="ChatFrames"/>.
/// </summary>
internal sealed class ChatCall(IChatClient client, ChatRequest asked, ChatOptions settings, ChatExchange exchange, ChatFrames frames)
    : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates =
        client.GetStreamingResponseAsync(asked.Messages, settings, exchange.Stopped).GetAsyncEnumerator(exchange.Stopped);

    private Task<bool>? _next;

    public int Status => exchange.Status;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => exchange.Headers;

    /// <summary>Returns when the answer's headers are here; its first words may take longer.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var stopping = StopWith(cancellationToken);
        _next = MoveNextAsync();
        // A fault after the headers is one of the stream.
        if (await Task.WhenAny(_next, exchange.Answered) == _next && !exchange.Answered.IsCompleted)
            await _next;
    }

    public async IAsyncEnumerable<UpstreamFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stopping = StopWith(cancellationToken);
        for (var hasEnded = false; !hasEnded;)
        {
            IReadOnlyList<UpstreamFrame> made;
            try
            {
                hasEnded = !await (_next ?? MoveNextAsync());
                _next = null;
                made = hasEnded ? frames.End(null, isOfConnection: true) : frames.Translate(_updates.Current);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hasEnded = true;
                made = frames.End(FaultOf(exception), isOfConnection: UpstreamFaults.IsOne(exchange.Fault ?? exception));
            }

            foreach (var frame in made)
                yield return frame;
        }
    }

    public async ValueTask DisposeAsync()
    {
        exchange.Stop();
        if (_next is not null)
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await _updates.DisposeAsync();
        exchange.Close();
        client.Dispose();
    }

    // A client may do work before its first wait, and throw there too.
    private async Task<bool> MoveNextAsync() => await _updates.MoveNextAsync();

    private CancellationTokenRegistration StopWith(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static exchange => ((ChatExchange)exchange!).Stop(), exchange);

    private UpstreamException FaultOf(Exception exception)
    {
        var fault = exchange.Fault ?? exception;
        return UpstreamFaults.IsOne(fault)
            ? UpstreamFaults.WithinAnswer(fault)
            : new UpstreamException(ErrorCodes.UpstreamError, "The upstream's answer is not of a form that the hub knows.");
    }
}
