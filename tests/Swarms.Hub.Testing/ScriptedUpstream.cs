using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Testing;

/// <summary>
/// An upstream that says exactly what a test tells it to: a real HTTP server on a free loopback port. Requests take the scripted
/// answers in order; one for which there is no answer fails the test when the server is disposed.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<ScriptedAnswer> answers = new();
    private readonly ConcurrentQueue<ScriptedRequest> requests = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly CancellationTokenSource stopping = new();

    private ScriptedUpstream(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>Where to send requests.</summary>
    public Uri BaseAddress => new(application.Urls.Single());

    /// <summary>All requests so far, in order of arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. requests];

    /// <summary>Starts a server that listens when this returns; with a certificate, over TLS.</summary>
    public static async Task<ScriptedUpstream> StartAsync(X509Certificate2? certificate = null)
    {
        var upstream = new ScriptedUpstream(certificate);
        await upstream.application.StartAsync();
        return upstream;
    }

    /// <summary>Scripts the answer to the next request that has none yet.</summary>
    public ScriptedAnswer Answer(int status = 200, string contentType = "text/event-stream")
    {
        var answer = new ScriptedAnswer(status, contentType, stopping.Token);
        answers.Enqueue(answer);
        return answer;
    }

    /// <summary>Breaks off what still runs, and throws if anything happened that was not scripted.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await application.StopAsync();
        await application.DisposeAsync();
        stopping.Dispose();
        if (!failures.IsEmpty) throw new InvalidOperationException(string.Join(Environment.NewLine, failures));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ScriptedRequest.ReadAsync(context.Request);
        requests.Enqueue(request);
        if (answers.TryDequeue(out var answer))
        {
            await answer.PlayAsync(context, request);
            return;
        }

        failures.Enqueue($"No answer was scripted for {request.Method} {request.Path}.");
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsJsonAsync(new { detail = "This request was not scripted." });
    }
}
