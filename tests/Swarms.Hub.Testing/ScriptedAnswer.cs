using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Swarms.Hub.Testing;

/// <summary>
/// One answer, step by step. The steps run in the order in which they were added. Add them all before the request comes, and hold the
/// answer with <see cref="WaitFor"/> if the test has to act in between.
/// </summary>
public sealed class ScriptedAnswer
{
    private readonly List<Func<HttpContext, CancellationToken, Task>> _steps = [];
    private readonly TaskCompletionSource<ScriptedRequest> _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _stopping;
    private readonly int _status;
    private readonly string _contentType;

    internal ScriptedAnswer(int status, string contentType, CancellationToken stopping)
    {
        _status = status;
        _contentType = contentType;
        _stopping = stopping;
    }

    /// <summary>Completes when the request has arrived with its body.</summary>
    public Task<ScriptedRequest> Requested => _requested.Task;

    /// <summary>Completes when the client closed the connection before the answer was complete.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Adds a header to the answer; call it before any part of the body.</summary>
    public ScriptedAnswer Header(string name, string value) => Step(context => context.Response.Headers.Append(name, value));

    /// <summary>Sends the headers, if they are not sent yet, and a piece of the body, in one flush.</summary>
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

    /// <summary>Resets the connection as the system of a crashed server does. The client loses everything that it has not read.</summary>
    public ScriptedAnswer Reset() => Step(context =>
    {
        SocketOf(context).LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    });

    /// <summary>Closes only the sending half of the connection. This may overtake a body that the client has not seen yet.</summary>
    public ScriptedAnswer HalfClose() => Step(context => SocketOf(context).Shutdown(SocketShutdown.Send)).Hang();

    /// <summary>
    /// Sends bytes past the server's HTTP, for broken answers. They may overtake a body that the client has not seen yet.
    /// </summary>
    public ScriptedAnswer Raw(string bytes) => Step((context, cancellationToken) =>
        SocketOf(context).SendAsync(Encoding.Latin1.GetBytes(bytes), cancellationToken).AsTask());

    internal async Task PlayAsync(HttpContext context, ScriptedRequest request)
    {
        await using var watch = context.RequestAborted.UnsafeRegister(_ => _aborted.TrySetResult(), null);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        context.Response.StatusCode = _status;
        if (_contentType.Length > 0)
            context.Response.ContentType = _contentType;

        _requested.TrySetResult(request);
        try
        {
            foreach (var step in _steps)
                await step(context, ended.Token);
        }
        catch (Exception exception) when (ended.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client left or the test is over, so nobody reads the rest.
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
        _steps.Add(step);
        return this;
    }

    private static Socket SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()!.Socket;
}
