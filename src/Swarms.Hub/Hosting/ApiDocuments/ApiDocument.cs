using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Configures <c>/openapi/v1.json</c>. Its form is OpenAPI 3.0, because NSwag reads no list of types, as 3.1 has for what may be null.
/// <see cref="ApiOperations"/> has each call, and <see cref="ApiSchemas"/> the types.
/// </summary>
internal static class ApiDocument
{
    public const string Bearer = "token";
    public const string Key = "key";
    public const string Ticket = "ticket";

    /// <summary>The schema of a refusal, as <see cref="Errors.HubErrorHandler"/> writes it.</summary>
    public const string Refusal = "HubError";

    /// <summary>The schema of a refusal at the Swarms doors.</summary>
    public const string DoorRefusal = "SwarmsError";

    /// <summary>The schema of a refusal at the OpenAI doors, as <see cref="Errors.OpenAiError"/> makes it.</summary>
    public const string ChatRefusal = "OpenAiError";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        // Any JSON is no type of its own.
        options.CreateSchemaReferenceId = type =>
            (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement)
                ? null
                : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(ApiSchemas.DescribeAsync);
        options.AddOperationTransformer(ApiOperations.DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            ApiSchemas.Finish(document);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Swarms.Hub",
            Version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3),
            Description = "Many people and programs watch AI agents write, live, in shared rooms. "
                + "Watching is best done over SignalR at /hub or over server-sent events.",
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
        };
        // Relative to the document's own address: a proxy may hide the scheme and the host that people see.
        foreach (var server in document.Servers ?? [])
            server.Url = new Uri(server.Url!).AbsolutePath;

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = SecuritySchemes();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Refusal] = RefusalSchema();
        document.Components.Schemas[DoorRefusal] = DoorRefusalSchema();
        document.Components.Schemas[ChatRefusal] = ChatRefusalSchema();
        document.Paths[OperatorAddresses.Metrics] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = ApiOperations.Metrics(document) },
        };
        var used = document.Paths.Values
            .SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Tags!).Select(tag => tag.Name);
        document.Tags = ApiTags.Describe(used);
    }

    private static Dictionary<string, IOpenApiSecurityScheme> SecuritySchemes() => new()
    {
        [Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A member's token of one room; to create rooms, the operator's key.",
        },
        [Key] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "x-api-key",
            Description = "The same, as the Swarms API takes it.",
        },
        [Ticket] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "access_token",
            Description = "A single-use ticket, for a feed that a browser opens.",
        },
    };

    private static OpenApiSchema RefusalSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A refusal: RFC 9457 problem details with the hub's code.",
        Required = new HashSet<string> { "code", "detail", "status", "title" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["title"] = Text("The same sentence as the detail."),
            ["detail"] = Sentence("One sentence that says what is wrong, and what to do."),
            ["code"] = ApiSchemas.OneOf(Text("The code, for programs."), new OneOfAttribute(typeof(ErrorCodes))),
            ["suggestion"] = Text("A value that would be taken instead, such as another name."),
        },
        Examples = [JsonNode.Parse(
            """
            {
              "title": "There is no such room, or you are not in it.", "status": 404,
              "detail": "There is no such room, or you are not in it.", "code": "not_found"
            }
            """)!],
    };

    private static OpenApiSchema DoorRefusalSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A refusal in the Swarms API's form.",
        Required = new HashSet<string> { "detail" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["detail"] = Sentence("One sentence that says what is wrong.") },
    };

    private static OpenApiSchema ChatRefusalSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A refusal in OpenAI's form.",
        Required = new HashSet<string> { "error" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["error"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "message", "type" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["message"] = Text("One sentence that says what is wrong, and what to do."),
                    ["type"] = Text("The kind of the refusal, by its status."),
                    ["param"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String | JsonSchemaType.Null,
                        Description = "Always null here.",
                    },
                    ["code"] = Text("The code, for programs."),
                },
            },
        },
    };

    // Kiota's name for the field that becomes the message of its exception.
    private static OpenApiSchema Sentence(string description)
    {
        var schema = Text(description);
        schema.Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-ms-primary-error-message"] = new JsonNodeExtension(JsonValue.Create(true)),
        };
        return schema;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
