using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Settings;

/// <summary>
/// Sets the options of each section below one section. Throws one <see cref="OptionsValidationException"/> with a sentence for each
/// name and setting that is wrong.
/// </summary>
internal sealed partial class NamedSettingsBinder<T>(string section, IConfiguration configuration) : IConfigureOptions<NamedSettings<T>>
    where T : class, new()
{
    public void Configure(NamedSettings<T> options)
    {
        var refusals = new List<string>();
        var read = new List<(string, T)>();
        foreach (var given in configuration.GetSection(section).GetChildren())
        {
            if (!Name().IsMatch(given.Key))
            {
                refusals.Add($"{section}:{given.Key} must have a name of 1 to 40 of the signs a to z, A to Z, 0 to 9, - and _.");
                continue;
            }

            if (!given.GetChildren().Any())
            {
                refusals.Add($"{section}:{given.Key} is a section: its settings are {SettingsOf(given.Key)}.");
                continue;
            }

            try
            {
                var one = new T();
                new SettingsBinder<T>(new SettingsSection($"{section}:{given.Key}", typeof(T)), configuration).Configure(one);
                read.Add((given.Key, one));
            }
            catch (OptionsValidationException e)
            {
                refusals.AddRange(e.Failures);
            }
        }

        // Names of settings have no case, so two of these would silently be one.
        refusals.AddRange(SpelledNames().GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(spellings => spellings.Count() > 1)
            .Select(spellings => string.Join(" and ", spellings.Order().Select(name => $"{section}:{name}"))
                + " differ only in case and are one name. Write it the same everywhere, or choose another."));
        if (refusals.Count > 0)
            throw new OptionsValidationException(section, typeof(T), refusals);

        options.All = read;
    }

    private string SettingsOf(string name) => string.Join(
        ", ", new SettingsSection($"{section}:{name}", typeof(T)).Settings.Select(setting => setting.Name));

    private IEnumerable<string> SpelledNames() => configuration is IConfigurationRoot root
        ? root.Providers.SelectMany(provider => provider.GetChildKeys([], section)).Distinct()
        : [];

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex Name();
}
