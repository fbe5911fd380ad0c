using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Settings;

/// <summary>
/// Refuses settings that nothing reads, because a typing error would otherwise leave a default in force without a word. The environment
/// holds other programs' names too, so there only the hub's own sections, and names much like theirs, are looked at.
/// </summary>
internal static class UnknownSettings
{
    // A section's name has to be this close to one of the hub's to be taken for it.
    private const int MaxSectionDistance = 2;

    // The standard variables of OpenTelemetry, which its packages read.
    private const string TelemetryPrefix = "OTEL_";

    // The names that the framework reads, beside the hub's own sections.
    private static readonly HashSet<string> HostNames = new(StringComparer.OrdinalIgnoreCase)
    {
        WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey, WebHostDefaults.EnvironmentKey,
        WebHostDefaults.ContentRootKey, WebHostDefaults.WebRootKey, WebHostDefaults.ApplicationKey, WebHostDefaults.ShutdownTimeoutKey,
        WebHostDefaults.StaticWebAssetsKey, WebHostDefaults.PreferHostingUrlsKey, WebHostDefaults.DetailedErrorsKey,
        WebHostDefaults.CaptureStartupErrorsKey, WebHostDefaults.SuppressStatusMessagesKey, WebHostDefaults.PreventHostingStartupKey,
        WebHostDefaults.HostingStartupAssembliesKey, WebHostDefaults.HostingStartupExcludeAssembliesKey,
        "AllowedHosts", "ForwardedHeaders_Enabled", "Https_Port", "HostBuilder", "Kestrel", "Logging", "SWARMS_API_KEY",
    };

    /// <summary>True for a name that the framework reads.</summary>
    public static bool IsHostName(string name) =>
        HostNames.Contains(name.Split(':')[0]) || name.StartsWith(TelemetryPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws if any source has a setting of the hub's that does not exist.</summary>
    public static void Refuse(IConfiguration configuration, IEnumerable<SettingsSection> sections)
    {
        var known = Known(configuration, sections);
        Throw(known.Keys.SelectMany(section => InSection(configuration, section, known[section]))
            .Concat(LikeASection(configuration, known)));
    }

    /// <summary>Throws also if the command line has a setting that neither the hub nor the framework reads.</summary>
    public static void RefuseAll(IConfigurationRoot configuration, IReadOnlyList<SettingsSection> sections)
    {
        Refuse(configuration, sections);
        var known = Known(configuration, sections);
        Throw(configuration.Providers.OfType<CommandLineConfigurationProvider>()
            .SelectMany(provider => provider.GetChildKeys([], null))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !IsHostName(name) && !(known.ContainsKey(name) && string.IsNullOrEmpty(configuration[name])))
            .Select(name => known.TryGetValue(name, out var names)
                ? names.Count == 0
                    ? $"{name} is a section: below it each name has settings, such as {name}:NAME:Kind."
                    : $"{name} is a section: its settings are {string.Join(", ", names.Select(setting => setting.Name))}."
                : $"There is no setting {name}. README.md lists them.{DidYouMean(name, [.. known.Keys, .. HostNames], "")}"));
    }

    private static void Throw(IEnumerable<string> refusals)
    {
        string[] all = [.. refusals];
        if (all.Length > 0)
            throw new OptionsValidationException("", typeof(object), all);
    }

    // A section with names has no settings itself: each name below it is a section.
    private static Dictionary<string, List<SettingForm>> Known(IConfiguration configuration, IEnumerable<SettingsSection> sections) =>
        sections.SelectMany(section => section.IsNamed ? [section, .. Named(configuration, section)] : (SettingsSection[])[section])
            .GroupBy(section => section.Name)
            .ToDictionary(
                group => group.Key,
                group => group.SelectMany(section => section.IsNamed ? [] : section.Settings).ToList(),
                StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<SettingsSection> Named(IConfiguration configuration, SettingsSection section) =>
        configuration.GetSection(section.Name).GetChildren()
            .Where(child => child.GetChildren().Any())
            .Select(child => new SettingsSection($"{section.Name}:{child.Key}", section.Options));

    private static IEnumerable<string> InSection(IConfiguration configuration, string section, List<SettingForm> known)
    {
        if (known.Count == 0)
            yield break;

        foreach (var given in configuration.GetSection(section).GetChildren())
        {
            var setting = known.FirstOrDefault(one => one.Property.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
            {
                yield return $"There is no setting {section}:{given.Key}."
                    + DidYouMean(given.Key, known.Select(one => one.Property.Name), $"{section}:");
            }
            else if (!setting.IsList && given.GetChildren().FirstOrDefault() is { } below)
            {
                yield return $"There is no setting {section}:{given.Key}:{below.Key}. Did you mean {setting.Name}?";
            }
        }
    }

    private static IEnumerable<string> LikeASection(IConfiguration configuration, Dictionary<string, List<SettingForm>> known) =>
        from given in configuration.GetChildren()
        where !IsHostName(given.Key) && !known.ContainsKey(given.Key)
        let like = known.Keys.FirstOrDefault(
            section => known[section].Count > 0 && Distance(given.Key, section) <= MaxSectionDistance)
        where like is not null
        from setting in given.GetChildren()
        select $"There is no setting {given.Key}:{setting.Key}."
            + DidYouMean(setting.Key, known[like].Select(one => one.Property.Name), $"{like}:");

    private static string DidYouMean(string name, IEnumerable<string> known, string prefix)
    {
        var (nearest, distance) = known.Select(one => (one, Distance(name, one))).MinBy(one => one.Item2);
        return distance <= Math.Max(2, name.Length / 3)
            ? $" Did you mean {prefix}{nearest}?"
            : prefix.Length > 0 ? $" {prefix.TrimEnd(':')} has {string.Join(", ", known)}." : "";
    }

    /// <summary>The number of characters to put in, take out, change or swap, whatever their case.</summary>
    private static int Distance(string one, string other)
    {
        (one, other) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var changed = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
