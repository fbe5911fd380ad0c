using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>
/// Reads lists and figures of the Swarms API with the hub's own key, and keeps each for a time: many callers cost the operator's account
/// one call. Their secrets are redacted. Safe from any thread. Next: <see cref="UpstreamRouter"/>.
/// </summary>
internal sealed class SwarmsLists(UpstreamRouter upstream, TimeProvider time)
{
    // A caller waits no longer than usual libraries do, and an upstream that fails is asked again soon.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reading> _readings = [];

    /// <summary>Returns the answer of a path; a caller that leaves stops nobody else's reading.</summary>
    /// <param name="path">The path, without a slash before it. Only those of this folder's doors come here.</param>
    /// <param name="lifetime">The time for which an answer is kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string path, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Task<ReadOnlyMemory<byte>> answer;
        lock (_lock)
        {
            if (!_readings.TryGetValue(path, out var reading) || reading.IsOver(time, lifetime))
                _readings[path] = reading = new Reading(Task.Run(() => ReadAsync(path), CancellationToken.None), time.GetTimestamp());

            answer = reading.Answer;
        }

        return await answer.WaitAsync(cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string path)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        try
        {
            await using var response = await upstream.SendAsync(
                new UpstreamRequest(RunKinds.Agent, default, IsStreamed: false) { Path = path, IsLookup = true }, limit.Token);
            return response.Json ?? throw new JsonException();
        }
        catch (UpstreamException e)
        {
            // The upstream's own status could be taken for one about the caller's key.
            throw new HubErrorException(e.Code == ErrorCodes.Invalid ? ErrorCodes.NotFound : e.Code, e.Message);
        }
        catch (OperationCanceledException)
        {
            throw new HubErrorException(ErrorCodes.UpstreamIdle, $"The upstream did not answer within {Timeout.TotalSeconds} seconds.");
        }
    }

    private sealed record Reading(Task<ReadOnlyMemory<byte>> Answer, long At)
    {
        public bool IsOver(TimeProvider time, TimeSpan lifetime) =>
            Answer.IsCompleted && time.GetElapsedTime(At) >= (Answer.IsCompletedSuccessfully ? lifetime : FailureLifetime);
    }
}
