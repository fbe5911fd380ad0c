using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A text that is searched.</summary>
/// <param name="Name">One of <see cref="SearchFields"/>.</param>
/// <param name="Text">The text, as it was written.</param>
internal sealed record SearchedField(string Name, string Text);
