using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Transcripts;

/// <summary>
/// The JSON Schema (2020-12) of a room's transcript in the format <c>json</c>, made from the types that write it. A run's transcript is one
/// of its <c>runs</c>. A reader ignores fields that it does not know; a change that breaks readers gets another number.
/// </summary>
internal static class TranscriptSchema
{
    public const string Path = "/schemas/transcript-v1.json";

    private static readonly Lazy<string> Made = new(Create);

    /// <summary>The schema's text.</summary>
    public static string Json => Made.Value;

    private static string Create()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = ProtocolJson.Options.GetJsonSchemaAsNode(typeof(Transcript), options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A room's transcript");
        return schema.ToJsonString(new JsonSerializerOptions(ProtocolJson.Options) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type);
        if ((type ?? context.TypeInfo.Type) == typeof(DateTimeOffset))
        {
            return new JsonObject
            {
                ["type"] = type is null ? "string" : new JsonArray("string", "null"),
                ["format"] = "date-time",
            };
        }

        if (schema is not JsonObject described || FindConstants(context) is not { } constants)
            return schema;

        var values = constants.Constants.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(constants.Further);
        var listed = new JsonArray([.. values.Select(value => (JsonNode)JsonValue.Create(value)!)]);
        if (described["type"] is JsonArray)
            listed.Add(null);

        described["enum"] = listed;
        return described;
    }

    private static OneOfAttribute? FindConstants(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(OneOfAttribute), inherit: false) is [OneOfAttribute found, ..]
            ? found
            : null;
}
