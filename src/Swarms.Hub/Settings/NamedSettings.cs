namespace Swarms.Hub.Settings;

/// <summary>The sections below one section, each with a name that the operator chose. One is <c>Upstreams:{name}</c>.</summary>
internal sealed class NamedSettings<T>
{
    /// <summary>The names with their options, in order of the names.</summary>
    public IReadOnlyList<(string Name, T Options)> All { get; set; } = [];
}
