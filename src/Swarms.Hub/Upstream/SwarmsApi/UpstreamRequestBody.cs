using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// The bytes of a call: the request as it is, except for the one switch that makes the upstream stream. No other value is decoded,
/// re-encoded or copied.
/// </summary>
internal static class UpstreamRequestBody
{
    private static readonly ReadOnlyMemory<byte> True = "true"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> StreamingConfig = "{\"streaming_on\":true}"u8.ToArray();

    public static SlicedContent Of(UpstreamRequest request)
    {
        if (!request.IsStreamed || !IsObject(request.Body))
            return new SlicedContent([request.Body]);

        return new SlicedContent(
            request.Kind == RunKinds.Swarm
                ? With(request.Body, "stream"u8, [True])
                : With(request.Body, "agent_config"u8, AgentConfig(request.Body)));
    }

    private static List<ReadOnlyMemory<byte>> AgentConfig(ReadOnlyMemory<byte> body)
    {
        if (FindLast(body, "agent_config"u8) is not { } config || config.Span.SequenceEqual("null"u8))
            return [StreamingConfig];

        // The upstream refuses anything else in its own words.
        return IsObject(config) ? With(config, "streaming_on"u8, [True]) : [config];
    }

    private static bool IsObject(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject;
    }

    private static ReadOnlyMemory<byte>? FindLast(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        ReadOnlyMemory<byte>? last = null;
        foreach (var property in PropertiesOf(json, name))
        {
            if (property.IsNamed)
                last = json[property.ValueStart..property.End];
        }

        return last;
    }

    private static List<ReadOnlyMemory<byte>> With(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name, List<ReadOnlyMemory<byte>> value)
    {
        List<ReadOnlyMemory<byte>> slices = ["{"u8.ToArray()];
        Property? first = null;
        Property last = default;
        foreach (var property in PropertiesOf(json, name))
        {
            if (property.IsNamed)
            {
                Keep(json, first, last, slices);
                first = null;
                continue;
            }

            first ??= property;
            last = property;
        }

        Keep(json, first, last, slices);
        // Written last, so that it also wins over the same name written with escapes.
        slices.Add((byte[])[.. slices.Count > 1 ? ",\""u8 : "\""u8, .. name, .. "\":"u8]);
        return [.. slices, .. value, "}"u8.ToArray()];
    }

    private static void Keep(ReadOnlyMemory<byte> json, Property? first, Property last, List<ReadOnlyMemory<byte>> slices)
    {
        if (first is null)
            return;

        if (slices.Count > 1)
            slices.Add(","u8.ToArray());

        slices.Add(json[first.Value.Start..last.End]);
    }

    // Names are compared as they are written: one that is not valid text cannot be decoded.
    private static List<Property> PropertiesOf(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var properties = new List<Property>();
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isNamed, start) = (reader.ValueSpan.SequenceEqual(name), (int)reader.TokenStartIndex);
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            properties.Add(new Property(isNamed, start, valueStart, (int)reader.BytesConsumed));
        }

        return properties;
    }

    private readonly record struct Property(bool IsNamed, int Start, int ValueStart, int End);
}
