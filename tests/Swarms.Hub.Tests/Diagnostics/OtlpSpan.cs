using System.Text;

namespace Swarms.Hub.Diagnostics;

/// <summary>A span as it came to the collector.</summary>
/// <param name="TraceId">In hexadecimal.</param>
/// <param name="Id">In hexadecimal.</param>
/// <param name="ParentId">In hexadecimal; empty without a parent.</param>
/// <param name="Name">The name.</param>
/// <param name="Attributes">The attributes that are texts or integers, as texts.</param>
internal sealed record OtlpSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Reads the spans of an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        Fields(request).Where(field => field.Number == 1).SelectMany(resource => Fields(resource.Bytes))
            .Where(field => field.Number == 2).SelectMany(scope => Fields(scope.Bytes))
            .Where(field => field.Number == 2).Select(span => Read(span.Bytes));

    private static OtlpSpan Read(byte[] span)
    {
        var fields = Fields(span).ToLookup(field => field.Number);
        return new(
            Hex(fields[1]), Hex(fields[2]), Hex(fields[4]), Text(fields[5]),
            fields[9].Select(attribute => Fields(attribute.Bytes).ToLookup(field => field.Number))
                .ToDictionary(attribute => Text(attribute[1]), attribute => Value(attribute[2].Single().Bytes)));
    }

    private static string Value(byte[] value) =>
        Fields(value).Select(field => field.Number == 1 ? Encoding.UTF8.GetString(field.Bytes) : $"{field.Varint}").FirstOrDefault("");

    private static string Hex(IEnumerable<Field> fields) => Convert.ToHexStringLower(fields.FirstOrDefault()?.Bytes ?? []);

    private static string Text(IEnumerable<Field> fields) => Encoding.UTF8.GetString(fields.FirstOrDefault()?.Bytes ?? []);

    // The wire format of Protocol Buffers: a number with a type, then a varint, 8 bytes, a length with bytes, or 4 bytes.
    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new(number, [], Varint(message, ref at));
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    private sealed record Field(int Number, byte[] Bytes, ulong Varint);
}
