using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Swarms.Hub.Testing;

/// <summary>
/// One answer, step by step. The steps run in the order in which they were added; add them all before the request comes, and
/// hold the answer with <see cref="WaitFor"/> where the test has to do something in between.
/// </summary>
public sealed class ScriptedAnswer
{
    private readonly List<Func<HttpContext, CancellationToken, Task>> steps = [];
    private readonly TaskCompletionSource<ScriptedRequest> requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken stopping;
    private readonly int status;
    private readonly string contentType;

    internal ScriptedAnswer(int status, string contentType, CancellationToken stopping)
    {
        this.status = status;
        this.contentType = contentType;
        this.stopping = stopping;
    }

    /// <summary>Completes when the request has arrived, body and all.</summary>
    public Task<ScriptedRequest> Requested => requested.Task;

    /// <summary>Completes when the client closed the connection before the answer was complete.</summary>
    public Task Aborted => aborted.Task;

    /// <summary>A header of the answer. Belongs before any part of the body.</summary>
    public ScriptedAnswer Header(string name, string value) => Step(context => context.Response.Headers.Append(name, value));

    /// <summary>Sends headers (if they are not sent yet) and a piece of the body, at once and by itself.</summary>
    public ScriptedAnswer Body(string piece) => Body(Encoding.UTF8.GetBytes(piece));

    /// <inheritdoc cref="Body(string)"/>
    public ScriptedAnswer Body(ReadOnlyMemory<byte> piece) => Step(async (context, cancellationToken) =>
    {
        await context.Response.Body.WriteAsync(piece, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    });

    /// <summary>Sends the headers alone.</summary>
    public ScriptedAnswer Start() => Step((context, cancellationToken) => context.Response.Body.FlushAsync(cancellationToken));

    /// <summary>Holds the answer until the test completes the signal.</summary>
    public ScriptedAnswer WaitFor(Task signal) => Step((_, cancellationToken) => signal.WaitAsync(cancellationToken));

    /// <summary>Sends nothing more and keeps the connection open until the client closes it.</summary>
    public ScriptedAnswer Hang() => Step((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

    /// <summary>Breaks the connection as a crashed server's system does. What the client has not read yet is lost.</summary>
    public ScriptedAnswer Reset() => Step(context =>
    {
        SocketOf(context).LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    });

    /// <summary>Closes the sending half of the connection only. May overtake a body that the client has not seen yet.</summary>
    public ScriptedAnswer HalfClose() => Step(context => SocketOf(context).Shutdown(SocketShutdown.Send)).Hang();

    /// <summary>Sends bytes past the server's HTTP, for answers that are none. They may overtake a body that the client has not seen yet.</summary>
    public ScriptedAnswer Raw(string bytes) => Step((context, cancellationToken) =>
        SocketOf(context).SendAsync(Encoding.Latin1.GetBytes(bytes), cancellationToken).AsTask());

    internal async Task PlayAsync(HttpContext context, ScriptedRequest request)
    {
        await using var watch = context.RequestAborted.UnsafeRegister(_ => aborted.TrySetResult(), null);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.StatusCode = status;
        if (contentType.Length > 0) context.Response.ContentType = contentType;
        requested.TrySetResult(request);
        try
        {
            foreach (var step in steps)
            {
                await step(context, ended.Token);
            }
        }
        catch (Exception exception) when (ended.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client went, or the test is over; either way nobody reads the rest.
            context.Abort();
        }
    }

    private ScriptedAnswer Step(Action<HttpContext> step) => Step((context, _) =>
    {
        step(context);
        return Task.CompletedTask;
    });

    private ScriptedAnswer Step(Func<HttpContext, CancellationToken, Task> step)
    {
        steps.Add(step);
        return this;
    }

    private static Socket SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()!.Socket;
}
