using Microsoft.Extensions.Options;

namespace Swarms.Hub.Settings;

internal static class SettingsServiceCollectionExtensions
{
    /// <summary>Adds options that are a section of the hub's settings. A wrong setting ends the start.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string name)
        where T : class
    {
        var section = new SettingsSection(name, typeof(T));
        services.AddSingleton(section);
        services.AddSingleton<IConfigureOptions<T>>(
            provider => new SettingsBinder<T>(section, provider.GetRequiredService<IConfiguration>()));
        return services.AddOptions<T>().ValidateOnStart();
    }
}
