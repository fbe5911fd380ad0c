using System.Text.Json;
using System.Text.Json.Serialization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>A <see cref="StartRunRequest"/> whose request stays where it is in the body, so that it is not copied.</summary>
internal sealed record StartRunBody
{
    public Place? Request { get; init; }

    public string? Agent { get; init; }

    public string? Task { get; init; }

    public string? Kind { get; init; } = RunKinds.Agent;

    public string? IdempotencyKey { get; init; }

    public string? Continues { get; init; }

    public string? Supersedes { get; init; }

    public MessageInclusion? Include { get; init; }

    /// <summary>Reads the run from which it goes on, and the messages that go along; null without either.</summary>
    public ThreadStart? ReadThread() => ThreadStart.Read(Continues, Supersedes, Include);

    /// <summary>Reads a body. Refuses what <see cref="StartRunRequest"/> would refuse, in the same words.</summary>
    public static StartRunBody Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<StartRunBody>(json.Span, ProtocolJson.Options)
                ?? throw new JsonException("The body is null.", "$", 0, 0);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body does not fit.", e);
        }
    }

    /// <summary>A value's place in the body.</summary>
    [JsonConverter(typeof(PlaceConverter))]
    internal readonly record struct Place(int Start, int End)
    {
        public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body) => body[Start..End];
    }

    private sealed class PlaceConverter : JsonConverter<Place>
    {
        public override Place Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return new Place(start, (int)reader.BytesConsumed);
        }

        public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
