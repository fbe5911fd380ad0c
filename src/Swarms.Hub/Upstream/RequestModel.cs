using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>A model that a request names, and the place of its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">The first byte of its JSON in the body.</param>
/// <param name="Length">The bytes of its JSON.</param>
internal readonly record struct RequestModel(string Name, int Start, int Length)
{
    /// <summary>
    /// Returns the models of a request's agents in order, in one pass that builds nothing else. A body that is not what the Swarms API
    /// takes has none: its upstream refuses it.
    /// </summary>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="body">The request.</param>
    public static IReadOnlyList<RequestModel> Read(string kind, ReadOnlySpan<byte> body)
    {
        var found = new List<RequestModel>();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return [];

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isPlace = reader.ValueTextEquals(kind == RunKinds.Swarm ? "agents"u8 : "agent_config"u8);
                reader.Read();
                if (isPlace)
                    ReadPlace(ref reader, kind, found);
                else
                    reader.Skip();
            }

            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>
    /// Returns all texts of a request whose fields are called <c>model_name</c>, or end so, wherever they are; and <c>chairman_model</c>.
    /// </summary>
    public static IReadOnlyList<string> ReadNames(ReadOnlySpan<byte> body)
    {
        var names = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
            var isModel = false;
            while (reader.Read())
            {
                if (isModel && reader.TokenType == JsonTokenType.String)
                    names.Add(reader.GetString()!);

                isModel = reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } field
                    && (field.EndsWith("model_name", StringComparison.Ordinal) || field == "chairman_model");
            }

            return names;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>Returns the body with other names in the places of these models.</summary>
    public static ReadOnlyMemory<byte> Rename(ReadOnlyMemory<byte> body, IEnumerable<(RequestModel Model, string Name)> renamed)
    {
        using var written = new MemoryStream(body.Length);
        var end = 0;
        foreach (var (model, name) in renamed)
        {
            written.Write(body.Span[end..model.Start]);
            written.Write(JsonSerializer.SerializeToUtf8Bytes(name, ProtocolJson.Options));
            end = model.Start + model.Length;
        }

        written.Write(body.Span[end..]);
        return written.ToArray();
    }

    private static void ReadPlace(ref Utf8JsonReader reader, string kind, List<RequestModel> found)
    {
        // Of a name that is there twice, the last counts, as everywhere.
        found.Clear();
        if (kind != RunKinds.Swarm && reader.TokenType == JsonTokenType.StartObject)
            ReadConfig(ref reader, found);
        else if (kind == RunKinds.Swarm && reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadConfig(ref reader, found);
                else
                    reader.Skip();
            }
        }
        else
            reader.Skip();
    }

    private static void ReadConfig(ref Utf8JsonReader reader, List<RequestModel> found)
    {
        RequestModel? model = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isModel = reader.ValueTextEquals("model_name"u8);
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
            {
                var start = (int)reader.TokenStartIndex;
                model = new(reader.GetString()!, start, (int)reader.BytesConsumed - start);
            }
            else
                reader.Skip();
        }

        if (model is { } last)
            found.Add(last);
    }
}
