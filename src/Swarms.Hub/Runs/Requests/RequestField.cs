using System.Text.Json;

namespace Swarms.Hub.Runs;

/// <summary>A field's value in a request.</summary>
/// <param name="Type">The type of its last token: an object is <see cref="JsonTokenType.EndObject"/>.</param>
/// <param name="Json">Its JSON.</param>
internal readonly record struct RequestField(JsonTokenType Type, ReadOnlyMemory<byte> Json);
