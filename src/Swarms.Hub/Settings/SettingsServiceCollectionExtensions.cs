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

    /// <summary>Adds options for each name below a section of the hub's settings. A wrong setting ends the start.</summary>
    public static OptionsBuilder<NamedSettings<T>> AddNamedSettings<T>(this IServiceCollection services, string name)
        where T : class, new()
    {
        services.AddSingleton(new SettingsSection(name, typeof(T)) { IsNamed = true });
        services.AddSingleton<IConfigureOptions<NamedSettings<T>>>(
            provider => new NamedSettingsBinder<T>(name, provider.GetRequiredService<IConfiguration>()));
        return services.AddOptions<NamedSettings<T>>().ValidateOnStart();
    }
}
