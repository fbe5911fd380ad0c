using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Settings;
using Swarms.Hub.Upstream.Chat;
using Swarms.Hub.Upstream.Simulator;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Adds <see cref="IUpstream"/>: the default upstream and those with names. Each is made when the first run needs it, so the packages of
/// a kind are loaded only where it is used.
/// </summary>
internal static class UpstreamServiceCollectionExtensions
{
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<UpstreamOptionsValidation>();
        services.AddSingleton<IValidateOptions<UpstreamOptions>>(Validation);
        services.AddSingleton<IValidateOptions<NamedSettings<UpstreamOptions>>>(Validation);
        services.AddSettings<UpstreamOptions>("Upstream").PostConfigure<IConfiguration>(Choose);
        services.AddNamedSettings<UpstreamOptions>("Upstreams").PostConfigure(TrimKeys);
        services.AddSingleton<UpstreamMetrics>();
        services.AddSingleton(CreateRouter);
        services.AddSingleton<IUpstream>(provider => provider.GetRequiredService<UpstreamRouter>());
        return services;
    }

    private static UpstreamOptionsValidation Validation(IServiceProvider provider) =>
        provider.GetRequiredService<UpstreamOptionsValidation>();

    private static UpstreamRouter CreateRouter(IServiceProvider provider) => new([
        Named(provider, UpstreamRouter.DefaultName, provider.GetRequiredService<IOptions<UpstreamOptions>>().Value),
        .. provider.GetRequiredService<IOptions<NamedSettings<UpstreamOptions>>>().Value.All
            .Select(one => Named(provider, one.Name, one.Options)),
    ]);

    private static NamedUpstream Named(IServiceProvider provider, string name, UpstreamOptions options) =>
        new(name, options, new Lazy<IUpstream>(() => CreateMeasured(provider, options)),
            new RateLimit(options, provider.GetRequiredService<TimeProvider>()));

    private static MeasuredUpstream CreateMeasured(IServiceProvider provider, UpstreamOptions options) => new(
        Create(provider, options),
        UpstreamDescription.Of(options).Kind,
        provider.GetRequiredService<UpstreamMetrics>(),
        provider.GetRequiredService<TimeProvider>());

    // The program has one client for each upstream as long as it runs.
    private static IUpstream Create(IServiceProvider provider, UpstreamOptions options)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        if (options.Kind is UpstreamKind.OpenAi or UpstreamKind.Ollama or UpstreamKind.Anthropic)
        {
            var connection = new HttpMessageInvoker(CreateHandler(provider, options));
            return new ChatUpstream(connection, options, time, provider.GetRequiredService<ILogger<ChatUpstream>>());
        }

        HttpMessageHandler handler = options.IsSimulated ? new SimulatorHandler(time) : CreateHandler(provider, options);
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        return new SwarmsApiClient(client, options, time, provider.GetRequiredService<ILogger<SwarmsApiClient>>());
    }

    private static SocketsHttpHandler CreateHandler(IServiceProvider provider, UpstreamOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AllowAutoRedirect = false,
        UseCookies = false,
        // A traced run's span goes along as traceparent.
        ActivityHeadersPropagator = provider.GetRequiredService<IConfiguration>().IsTraced() ? new SpanPropagator() : null,
        // Closes an abandoned answer at once: reading its rest would let the upstream go on working.
        MaxResponseDrainSize = 0,
    };

    // An empty key is the sign of a secret that was not found. It must not choose the simulator.
    private static void Choose(UpstreamOptions options, IConfiguration configuration)
    {
        string?[] given = [options.ApiKey, configuration["SWARMS_API_KEY"], configuration["Upstream:BaseAddress"]];
        options.Kind ??= given.Any(setting => setting is not null) ? UpstreamKind.Swarms : UpstreamKind.Simulator;
        // The key of the Swarms API is no other service's.
        var keys = options.Kind is UpstreamKind.Swarms or UpstreamKind.Simulator ? given[..2] : given[..1];
        options.ApiKey = keys.Select(key => key?.Trim()).FirstOrDefault(key => !string.IsNullOrEmpty(key));
    }

    private static void TrimKeys(NamedSettings<UpstreamOptions> named)
    {
        foreach (var (_, options) in named.All)
            options.ApiKey = options.ApiKey?.Trim() is { Length: > 0 } key ? key : null;
    }
}
