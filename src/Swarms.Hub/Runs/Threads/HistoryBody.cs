using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>The place of a history in the Swarms API's requests: <c>history</c> of an agent, <c>messages</c> of a swarm.</summary>
internal static class HistoryBody
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = ProtocolJson.Options.Encoder };

    public static string FieldOf(string kind) => kind == RunKinds.Swarm ? "messages" : "history";

    /// <summary>Finds the field in a request.</summary>
    public static RequestField Find(RunRequest request) =>
        RequestFields.Find(request.Body, FieldOf(request.Kind))!.GetValueOrDefault(FieldOf(request.Kind));

    /// <summary>Returns the request's body with the history. All other bytes stay as they are.</summary>
    public static ReadOnlyMemory<byte> Insert(RunRequest request, IReadOnlyList<HistoryEntry> entries) =>
        BodyEdit.Apply(request.Body, [BodyEdit.WithField(FieldOf(request.Kind), Find(request), request.Body, Write(entries))]);

    private static string Write(IReadOnlyList<HistoryEntry> entries)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Writing))
        {
            writer.WriteStartArray();
            foreach (var (role, content) in entries)
            {
                writer.WriteStartObject();
                writer.WriteString("role", role);
                writer.WriteString("content", content);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}
