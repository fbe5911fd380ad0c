using System.Reflection;

namespace Swarms.Hub.Settings;

/// <summary>A section of the hub's own settings, or a part of one: each property that can be set is a setting.</summary>
internal sealed record SettingsSection(string Name, Type Options)
{
    /// <summary>True if the operator chooses names below it, and each has the settings.</summary>
    public bool IsNamed { get; init; }

    public IEnumerable<SettingForm> Settings => Options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite)
        .Select(property => new SettingForm($"{Name}:{property.Name}", property));
}
