using System.Collections.Concurrent;

namespace Swarms.Hub.Client.Tests.Fakes;

/// <summary>A program's own handler, which remembers what it carries.</summary>
internal sealed class CarriedRequests : DelegatingHandler
{
    private readonly ConcurrentQueue<CarriedRequest> _requests;

    public CarriedRequests(ConcurrentQueue<CarriedRequest> requests) => _requests = requests;

    public CarriedRequests(ConcurrentQueue<CarriedRequest> requests, HttpMessageHandler inner)
        : base(inner) => _requests = requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var extra = request.Headers.TryGetValues("X-Program", out var values) ? values.Single() : null;
        _requests.Enqueue(new CarriedRequest(request.RequestUri!, request.Headers.Authorization?.ToString(), extra));
        return base.SendAsync(request, cancellationToken);
    }
}
