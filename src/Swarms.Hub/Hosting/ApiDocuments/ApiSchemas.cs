using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Makes the schemas of the wire types say what is really sent. The framework describes what the serializer would accept, such as a
/// number in quotes, and knows neither the hub's times nor its lists of values.
/// </summary>
internal static class ApiSchemas
{
    private const string Constants = "hub-constants";
    private const string Written = "hub-written";

    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (schema.Type is { } types && (types & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            schema.Type = types & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | (Nullable.GetUnderlyingType(type) is null ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }

        if (context.JsonPropertyInfo is { } property)
            Describe(schema, property);
        else if (ApiExamples.Find(type) is { } example)
            schema.Examples = [example];

        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
            Note(schema, Written, context.JsonTypeInfo.Properties.Where(IsAlwaysWritten).Select(written => written.Name).ToList());

        return Task.CompletedTask;
    }

    /// <summary>
    /// Finishes what takes the whole document: an answer has every field that is not left out when it is empty, a field that may be left
    /// out is never null, and a list of values has one name.
    /// </summary>
    public static void Finish(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        var bodies = document.Paths.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.RequestBody?.Content?.Values ?? []).ToList();
        foreach (var body in bodies)
            body.Schema = Simplify(document, body.Schema!, mayBeNull: false);

        var inRequests = Reachable(schemas, bodies.Select(body => body.Schema));
        foreach (var (name, schema) in schemas.ToList())
        {
            if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } type)
                continue;

            var written = Find<List<string>>(type, Written);
            if (written is not null && !inRequests.Contains(name))
                type.Required = new HashSet<string>(written.Where(properties.ContainsKey));

            var required = type.Required ?? new HashSet<string>();
            foreach (var (property, value) in properties.ToList())
                properties[property] = Simplify(document, value, mayBeNull: required.Contains(property));
        }
    }

    /// <summary>Notes that the text is one of the constants; <see cref="Finish"/> lists them.</summary>
    public static OpenApiSchema OneOf(OpenApiSchema schema, OneOfAttribute attribute)
    {
        Note(schema, Constants, attribute);
        return schema;
    }

    /// <summary>Returns a reference to the list of the constants, which it adds to the document.</summary>
    public static OpenApiSchemaReference NamedList(OpenApiDocument document, OneOfAttribute attribute)
    {
        var name = attribute.Constants.Name.TrimEnd('s');
        var values = attribute.Constants.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Concat(attribute.Further);
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas.TryAdd(name, new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))],
        });
        return new OpenApiSchemaReference(name, document);
    }

    private static void Describe(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (property.AttributeProvider?.GetCustomAttributes(typeof(OneOfAttribute), inherit: false) is [OneOfAttribute attribute, ..])
            OneOf(schema, attribute);
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.Get is not null
        && property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
            is not [JsonIgnoreAttribute { Condition: not JsonIgnoreCondition.Never }, ..];

    private static void Note(OpenApiSchema schema, string key, object value)
    {
        schema.Metadata ??= new Dictionary<string, object>();
        schema.Metadata[key] = value;
    }

    private static T? Find<T>(OpenApiSchema schema, string key) where T : class =>
        schema.Metadata?.TryGetValue(key, out var value) == true ? value as T : null;

    private static IOpenApiSchema Simplify(OpenApiDocument document, IOpenApiSchema value, bool mayBeNull)
    {
        if (value is not OpenApiSchema schema)
            return value;

        var isNullable = mayBeNull && (schema.Type & JsonSchemaType.Null) == JsonSchemaType.Null;
        if (Find<OneOfAttribute>(schema, Constants) is { } attribute)
            return Refer(NamedList(document, attribute), JsonSchemaType.String, isNullable, schema.Description);

        // The framework's form of a reference or null.
        if (schema.OneOf is { Count: 2 } && schema.OneOf.OfType<OpenApiSchemaReference>().ToList() is [var reference])
            return Refer(reference, JsonSchemaType.Object, mayBeNull, schema.Description);

        if (!isNullable && schema.Type is not null)
            schema.Type &= ~JsonSchemaType.Null;

        return schema;
    }

    // In 3.0 a reference has no siblings.
    private static IOpenApiSchema Refer(OpenApiSchemaReference reference, JsonSchemaType type, bool isNullable, string? description) =>
        isNullable
            ? new OpenApiSchema { Type = type | JsonSchemaType.Null, AllOf = [reference], Description = description }
            : reference;

    private static HashSet<string> Reachable(IDictionary<string, IOpenApiSchema> schemas, IEnumerable<IOpenApiSchema?> roots)
    {
        var found = new HashSet<string>();
        var open = new Stack<IOpenApiSchema?>(roots);
        while (open.TryPop(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (found.Add(id) && schemas.TryGetValue(id, out var target))
                    open.Push(target);

                continue;
            }

            foreach (var part in Parts(schema).Where(part => part is not null))
                open.Push(part);
        }

        return found;
    }

    private static IEnumerable<IOpenApiSchema?> Parts(IOpenApiSchema? schema) =>
    [
        .. schema?.Properties?.Values ?? [], .. schema?.OneOf ?? [], .. schema?.AllOf ?? [], schema?.Items, schema?.AdditionalProperties,
    ];
}
