using Microsoft.Extensions.Options;

namespace Swarms.Hub.Settings;

/// <summary>
/// Sets the options of one section from the configuration. Throws one <see cref="OptionsValidationException"/> with a sentence for each
/// setting that is wrong.
/// </summary>
internal sealed class SettingsBinder<T>(SettingsSection section, IConfiguration configuration) : IConfigureOptions<T>
    where T : class
{
    public void Configure(T options)
    {
        var refusals = new List<string>();
        foreach (var setting in section.Settings)
        {
            var given = configuration.GetSection(setting.Name);
            if (setting.IsList)
                SetList(options, setting, given, refusals);
            else if (given.Value is { } text)
                Set(setting.Read(text, setting.Property.GetValue(options)), value => setting.Property.SetValue(options, value), refusals);
        }

        if (refusals.Count > 0)
            throw new OptionsValidationException(section.Name, typeof(T), refusals);
    }

    // A list has one setting for each item, or all in one with semicolons, as urls has.
    private static void SetList(T options, SettingForm setting, IConfigurationSection given, List<string> refusals)
    {
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        (SettingForm Form, string Text)[] items =
        [
            .. from text in given.Value?.Split(';', Trimmed) ?? [] select (setting, text),
            .. from item in given.GetChildren()
            where !string.IsNullOrWhiteSpace(item.Value)
            select (new SettingForm($"{setting.Name}:{item.Key}", setting.Property), item.Value!.Trim()),
        ];
        if (items.Length == 0)
            return;

        var list = new List<string>();
        foreach (var (form, text) in items)
            Set(form.Read(text, usual: null), value => list.Add((string)value), refusals);

        setting.Property.SetValue(options, list);
    }

    private static void Set((object? Value, string? Refusal) read, Action<object> set, List<string> refusals)
    {
        if (read.Value is { } value)
            set(value);
        else
            refusals.Add(read.Refusal!);
    }
}
