namespace Swarms.Hub.Protocol;

/// <summary>
/// Says that a text is one of a class's constants, so that the hub's OpenAPI document can list them. It checks nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class OneOfAttribute(Type constants, params string[] further) : Attribute
{
    /// <summary>The class whose constants the text may be; its name, in the plural, is the name of the list.</summary>
    public Type Constants { get; } = constants;

    /// <summary>Values that are constants of another class.</summary>
    public IReadOnlyList<string> Further { get; } = further;
}
