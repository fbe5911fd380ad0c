using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Swarms.Hub.Settings;
using Swarms.Hub.Upstream.Simulator;
using Swarms.Hub.Upstream.SwarmsApi;

namespace Swarms.Hub.Upstream;

/// <summary>Adds <see cref="IUpstream"/>: the Swarms API, or the simulator behind the same client.</summary>
internal static class UpstreamServiceCollectionExtensions
{
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<UpstreamOptions>, UpstreamOptionsValidation>();
        services.AddSettings<UpstreamOptions>("Upstream").PostConfigure<IConfiguration>(Choose);

        services.AddHttpClient(SwarmsApiClient.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = provider.GetRequiredService<IOptions<UpstreamOptions>>().Value;
                return options.IsSimulated ? new SimulatorHandler(provider.GetRequiredService<TimeProvider>()) : CreateHandler(options);
            })
            // The handler renews its own connections. Replacing it could dispose it during a long answer.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<IUpstream, SwarmsApiClient>();
        return services;
    }

    private static SocketsHttpHandler CreateHandler(UpstreamOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        // Closes an abandoned answer at once: reading its rest would let the upstream go on working.
        MaxResponseDrainSize = 0,
    };

    // An empty key is the sign of a secret that was not found. It must not choose the simulator.
    private static void Choose(UpstreamOptions options, IConfiguration configuration)
    {
        string?[] given = [options.ApiKey, configuration["SWARMS_API_KEY"], configuration["Upstream:BaseAddress"]];
        options.ApiKey = given[..2].Select(key => key?.Trim()).FirstOrDefault(key => !string.IsNullOrEmpty(key));
        options.Kind ??= given.Any(setting => setting is not null) ? UpstreamKind.Swarms : UpstreamKind.Simulator;
    }
}
