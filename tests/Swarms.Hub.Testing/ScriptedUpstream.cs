using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swarms.Hub.Testing;

/// <summary>
/// A scripted upstream: a real HTTP server on a free loopback port. Requests take the scripted answers in order. A request without an
/// answer fails the test when the server is disposed.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<ScriptedAnswer> _answers = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _stopping = new();
    private string? _list;

    private ScriptedUpstream(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The address for requests.</summary>
    public Uri BaseAddress => new(_application.Urls.Single());

    /// <summary>All requests so far, in order of arrival.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Starts a server that listens when this returns; with a certificate, over TLS.</summary>
    public static async Task<ScriptedUpstream> StartAsync(X509Certificate2? certificate = null)
    {
        var upstream = new ScriptedUpstream(certificate);
        await upstream._application.StartAsync();
        return upstream;
    }

    /// <summary>Scripts the answer to the next request that has none yet.</summary>
    public ScriptedAnswer Answer(int status = 200, string contentType = "text/event-stream")
    {
        var answer = new ScriptedAnswer(status, contentType, _stopping.Token);
        _answers.Enqueue(answer);
        return answer;
    }

    /// <summary>Answers every GET with this JSON, for tests that try each call of the hub. They take no scripted answer then.</summary>
    public void AnswerLists(string json) => _list = json;

    /// <summary>Ends answers that still run, and throws if a request was not scripted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _stopping.Dispose();
        if (!_failures.IsEmpty)
            throw new InvalidOperationException(string.Join(Environment.NewLine, _failures));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ScriptedRequest.ReadAsync(context.Request);
        _requests.Enqueue(request);
        if (_list is { } list && HttpMethods.IsGet(request.Method))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(list);
            return;
        }

        if (_answers.TryDequeue(out var answer))
        {
            await answer.PlayAsync(context, request);
            return;
        }

        _failures.Enqueue($"No answer was scripted for {request.Method} {request.Path}.");
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsJsonAsync(new { detail = "This request was not scripted." });
    }
}
