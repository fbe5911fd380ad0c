using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.Simulator;

/// <summary>
/// The upstream of a hub without a key. Answers like the Swarms API beneath the same HTTP client and parser, so everything above it is
/// the real thing. Keeps no state; the run loops call it side by side.
/// </summary>
internal sealed class SimulatorHandler(TimeProvider time) : HttpMessageHandler
{
    /// <summary>Neither server-sent events nor JSON.</summary>
    public static ReadOnlyMemory<byte> Garbage { get; } = new byte[]
    {
        0x00, 0xFF, 0xFE, 0x1F, 0x8B, 0x08, 0x0A, 0x3C, 0x68, 0x74, 0x6D, 0x6C, 0x3E, 0x0A, 0x0A, 0xC3, 0x28,
    };

    private static readonly string[] Others =
        ["reasoning-agent", "graph-workflow", "batched-grid-workflow", "auto-swarm-builder", "advanced-research"];

    // Requests are read one after the other, so that the copies of large ones do not add up.
    private readonly SemaphoreSlim _reading = new(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Get && SimulatedLists.Find(path) is { } list)
            return Response(200, MediaTypes.Json, new SimulatorStream([new(default, list)], SimulatedEnd.Closed, time));

        var kind = KindOf(path);
        if (kind is null)
            return Refusal(404, "Not Found");

        if (request.Method != HttpMethod.Post)
            return Refusal(405, "Method Not Allowed");

        var (asked, problem) = await ReadAsync(kind, request, cancellationToken);
        if (asked is null)
            return Refusal(400, problem!);

        var settings = asked.Settings;
        if (settings.Fault == SimulationFault.Refuse)
            return Refusal(settings.Status, settings.Detail, settings.RetryAfter);

        var answer = new SimulatedAnswer(asked, time);
        return asked.IsStreamed && !IsOther(path)
            ? Response(200, MediaTypes.EventStream, new SimulatorStream(answer.Frames(), answer.End, time))
            : await AnswerWholeAsync(answer, settings.Fault, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reading.Dispose();

        base.Dispose(disposing);
    }

    private async Task<(SimulatedRequest? Asked, string? Problem)> ReadAsync(
        string kind, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        var length = (int)(request.Content?.Headers.ContentLength ?? 0);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (request.Content is { } content)
                await content.CopyToAsync(new MemoryStream(buffer), cancellationToken);

            using var document = JsonText.TryParse(buffer.AsMemory(0, length), out _);
            if (document is not { RootElement: { ValueKind: JsonValueKind.Object } root })
                return (null, "The body must be a JSON object.");

            return SimulationSettings.TryRead(root.Find("simulation"), out var problem) is { } settings
                ? (SimulatedRequest.Read(kind, root, settings), null)
                : (null, problem);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _reading.Release();
        }
    }

    private async Task<HttpResponseMessage> AnswerWholeAsync(
        SimulatedAnswer answer, SimulationFault fault, CancellationToken cancellationToken)
    {
        var (dueAt, json) = answer.Whole();
        await Task.Delay(fault == SimulationFault.Silence ? Timeout.InfiniteTimeSpan : dueAt, time, cancellationToken);
        if (fault == SimulationFault.Error)
            return Refusal(500, "AgentCompletionError: the simulator was asked to fail");

        var body = fault switch
        {
            SimulationFault.Garbage => Garbage,
            SimulationFault.Cut => json[..(json.Length / 2)],
            _ => json,
        };
        return Response(200, MediaTypes.Json, new SimulatorStream([new(default, body)], answer.End, time));
    }

    private HttpResponseMessage Refusal(int status, string detail, int? retryAfter = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["detail"] = detail });
        var response = Response(status, MediaTypes.Json, new SimulatorStream([new(default, body)], SimulatedEnd.Closed, time));
        if (retryAfter is { } seconds)
            response.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

        return response;
    }

    private static HttpResponseMessage Response(int status, string mediaType, SimulatorStream body) => new((HttpStatusCode)status)
    {
        Content = new StreamContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
    };

    // The base address may have a path of its own.
    private static string? KindOf(string path) =>
        path.EndsWith("/v1/agent/completions", StringComparison.Ordinal) ? RunKinds.Agent
        : path.EndsWith("/v1/swarm/completions", StringComparison.Ordinal) ? RunKinds.Swarm
        : path.EndsWith("/v1/reasoning-agent/completions", StringComparison.Ordinal) ? RunKinds.Agent
        : IsOther(path) ? RunKinds.Swarm
        : null;

    // These never stream.
    private static bool IsOther(string path) =>
        Others.Any(other => path.EndsWith($"/v1/{other}/completions", StringComparison.Ordinal));
}
