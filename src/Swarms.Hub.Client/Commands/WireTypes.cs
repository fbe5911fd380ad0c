using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

/// <summary>The wire types as the serializer knows them: by reflection, or in trimmed programs by generated code.</summary>
internal static class WireTypes
{
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)ProtocolJson.Options.GetTypeInfo(typeof(T));

    public static JsonElement ToElement(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
