using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Hosting;

/// <summary>Checks that the README's table lists the settings that the hub reads, with their defaults.</summary>
public sealed partial class ConfigurationTableTests
{
    private static readonly Dictionary<string, string> Rows = Row().Matches(File.ReadAllText(ReadmePath()))
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value);

    private static readonly List<(string Name, object? Default)> Settings =
        [.. typeof(RoomOptions).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(SettingsOf)];

    [Fact]
    public void Table_Names_Every_Setting_And_No_Other() =>
        Assert.Equal(Settings.Select(setting => setting.Name).Append("urls").Order(), Rows.Keys.Order());

    [Fact]
    public void Table_Gives_The_Defaults() => Assert.All(
        Settings.Where(setting => setting.Default is int or long or TimeSpan or Enum),
        setting => Assert.Equal(Words(setting.Default!), Rows[setting.Name].Trim('`')));

    [Fact]
    public void Sizes_And_Times_Are_Read_As_The_Table_Writes_Them() => Assert.All(
        Settings.Where(setting => setting.Default is TimeSpan || setting.Name.EndsWith("Bytes", StringComparison.Ordinal)),
        setting =>
        {
            var text = Rows[setting.Name];
            var isRead = setting.Default is TimeSpan time
                ? SettingText.TryReadTime(text, out var readTime) && readTime == time
                : SettingText.TryReadBytes(text, out var bytes) && bytes == Convert.ToInt64(setting.Default, CultureInfo.InvariantCulture);
            Assert.True(isRead, $"{setting.Name}: {text}");
        });

    private static IEnumerable<(string Name, object? Default)> SettingsOf(Type options)
    {
        var values = Activator.CreateInstance(options, nonPublic: true);
        var name = options.Name[..^"Options".Length];
        var section = name switch
        {
            "Room" or "RoomSetting" or "Run" or "Thread" or "Agent" => name + "s",
            "Wire" => "Server",
            "Rate" => "Access",
            "Retention" => "Storage",
            _ => name,
        };
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => ($"{section}:{property.Name}", property.GetValue(values)));
    }

    private static string Words(object value) => value switch
    {
        TimeSpan time when time < TimeSpan.FromSeconds(1) => $"{time.TotalMilliseconds} ms",
        TimeSpan time when time < TimeSpan.FromMinutes(1) => $"{time.TotalSeconds} s",
        TimeSpan time => $"{time.TotalMinutes} min",
        Enum => value.ToString()!,
        _ => Words(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static string Words(long number) => number switch
    {
        >= 1_048_576 when number % 1_048_576 == 0 => $"{number / 1_048_576} MiB",
        >= 16_384 when number % 1024 == 0 => $"{number / 1024} KiB",
        _ => $"{number}",
    };

    private static string ReadmePath([CallerFilePath] string file = "") =>
        Path.GetFullPath("../../../README.md", Path.GetDirectoryName(file)!);

    [GeneratedRegex(@"^\| `(?<name>urls|[A-Z][A-Za-z]+:[A-Za-z]+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
