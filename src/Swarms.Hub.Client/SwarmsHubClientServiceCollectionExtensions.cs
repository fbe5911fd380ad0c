using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Swarms.Hub.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a <see cref="HubClient"/> to a program's services.</summary>
public static class SwarmsHubClientServiceCollectionExtensions
{
    private const string DefaultHttpClient = "Swarms.Hub";

    /// <summary>
    /// Adds the one <see cref="HubClient"/> of the program. Its options may be configured here, or as any others: bound to a section of the
    /// configuration, for instance. They are checked when the host starts. It ends with the services.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets the options; <see cref="HubClientOptions.Address"/> is needed.</param>
    /// <returns>
    /// The client of <see cref="IHttpClientFactory"/> that carries its calls and WebSockets. Handlers that are added to it serve both, and
    /// must pass on requests to upgrade. Headers and other settings of the <see cref="HttpClient"/> serve calls alone.
    /// </returns>
    /// <example>
    /// <code>
    /// builder.Services.AddSwarmsHubClient(options => builder.Configuration.GetSection("Hub").Bind(options));
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddSwarmsHubClient(this IServiceCollection services, Action<HubClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => Create(provider, Options.Options.DefaultName, DefaultHttpClient));
        return AddHandlers(services, Options.Options.DefaultName, DefaultHttpClient, configure);
    }

    /// <summary>
    /// Adds one of several: a keyed <see cref="HubClient"/>, whose key is the name. Its options have the same name.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="name">The key, such as <c>school</c>.</param>
    /// <param name="configure">Sets the options; <see cref="HubClientOptions.Address"/> is needed.</param>
    /// <returns>The client of <see cref="IHttpClientFactory"/>, as the other method returns it.</returns>
    public static IHttpClientBuilder AddSwarmsHubClient(
        this IServiceCollection services, string name, Action<HubClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var httpClient = $"{DefaultHttpClient}:{name}";
        services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, name, httpClient));
        return AddHandlers(services, name, httpClient, configure);
    }

    private static IHttpClientBuilder AddHandlers(
        IServiceCollection services, string options, string httpClient, Action<HubClientOptions>? configure)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HubClientOptions>, HubClientOptionsValidator>());
        services.AddOptions<HubClientOptions>(options).Configure(configure ?? (_ => { })).ValidateOnStart();
        return services.AddHttpClient(httpClient)
            .RedactLoggedHeaders(["Authorization"])
            .ConfigurePrimaryHttpMessageHandler(provider => HubHandler.Create(GetOptions(provider, options)));
    }

    private static HubClient Create(IServiceProvider provider, string name, string httpClient)
    {
        var options = GetOptions(provider, name);
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        var handler = new FactoryHandler(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<IHttpMessageHandlerFactory>(), httpClient);
        return new HubClient(options.Address!, options, handler);
    }

    private static HubClientOptions GetOptions(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<HubClientOptions>>().Get(name);
}
