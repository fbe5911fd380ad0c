namespace Swarms.Hub.Errors;

internal static class ErrorsServiceCollectionExtensions
{
    public static IServiceCollection AddErrors(this IServiceCollection services)
    {
        services.AddExceptionHandler<HubErrorHandler>();
        services.AddProblemDetails();
        services.AddSingleton<HubErrorTranslator>();
        return services;
    }
}
