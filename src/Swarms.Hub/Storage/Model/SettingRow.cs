namespace Swarms.Hub.Storage.Model;

/// <summary>A fact about the store itself.</summary>
internal sealed class SettingRow
{
    public required string Name { get; set; }

    public required string Value { get; set; }
}
