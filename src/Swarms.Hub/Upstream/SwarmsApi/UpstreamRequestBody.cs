using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// The bytes of a call: the request as it is, except for the one switch that makes the upstream stream. No other value is decoded or
/// re-encoded.
/// </summary>
internal static class UpstreamRequestBody
{
    public static byte[] Of(UpstreamRequest request)
    {
        if (!request.IsStreamed || request.Body.ValueKind != JsonValueKind.Object)
            return JsonMarshal.GetRawUtf8Value(request.Body).ToArray();

        return request.Kind == RunKinds.Swarm
            ? With(request.Body, "stream"u8, "true"u8)
            : With(request.Body, "agent_config"u8, AgentConfig(request.Body));
    }

    private static ReadOnlySpan<byte> AgentConfig(JsonElement body) => FindAgentConfig(body) switch
    {
        { ValueKind: JsonValueKind.Object } config => With(config, "streaming_on"u8, "true"u8),
        null or { ValueKind: JsonValueKind.Null } => """{"streaming_on":true}"""u8,
        // The upstream refuses this in its own words.
        { } wrong => JsonMarshal.GetRawUtf8Value(wrong),
    };

    // TryGetProperty decodes names and would throw for one that is not valid text.
    private static JsonElement? FindAgentConfig(JsonElement body)
    {
        JsonElement? last = null;
        foreach (var property in body.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual("agent_config"u8))
                last = property.Value;
        }

        return last;
    }

    private static byte[] With(JsonElement element, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(element).Length + 64);
        buffer.Write("{"u8);
        foreach (var property in element.EnumerateObject())
        {
            var propertyName = JsonMarshal.GetRawUtf8PropertyName(property);
            if (!propertyName.SequenceEqual(name))
                WriteProperty(buffer, propertyName, JsonMarshal.GetRawUtf8Value(property.Value));
        }

        // Written last, so that it also wins over the same name written with escapes.
        WriteProperty(buffer, name, value);
        buffer.Write("}"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteProperty(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        buffer.Write(buffer.WrittenCount > 1 ? ",\""u8 : "\""u8);
        buffer.Write(name);
        buffer.Write("\":"u8);
        buffer.Write(value);
    }
}
