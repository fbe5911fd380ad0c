using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swarms.Hub.Errors;

namespace Swarms.Hub.Hosting;

/// <summary>Adds to <c>/openapi/v1.json</c> what the framework cannot find out: the authentication and the form of refusals.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (OpenAiError.IsSpokenAt($"/{context.Description.RelativePath}"))
                DescribeOpenAi(operation, hasBody: context.Description.HttpMethod == HttpMethods.Post);
            else
                Describe(operation, isSwarmsDoor: context.Description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true);

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
        };
        // Relative to the document's own address: a proxy may hide the scheme and the host that people see.
        foreach (var server in document.Servers ?? [])
            server.Url = new Uri(server.Url!).AbsolutePath;

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A member's token of one room; to create rooms, the operator's key.",
            },
            ["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "x-api-key",
                Description = "The same, as the Swarms API takes it.",
            },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("token", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("key", document)] = [] },
        ];
    }

    private static void Describe(OpenApiOperation operation, bool isSwarmsDoor)
    {
        operation.Responses ??= [];
        operation.Responses["4XX"] = isSwarmsDoor
            ? Refusal("application/json", new() { ["detail"] = Text() })
            : Refusal("application/problem+json", new()
            {
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["title"] = Text(),
                ["detail"] = Text(),
                ["code"] = Text(),
            });
        if (!isSwarmsDoor)
            return;

        var body = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "As the Swarms API takes it." };
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content("application/json", body) };
    }

    private static void DescribeOpenAi(OpenApiOperation operation, bool hasBody)
    {
        operation.Responses ??= [];
        var error = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["message"] = Text(),
                ["type"] = Text(),
                ["param"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                ["code"] = Text(),
            },
        };
        operation.Responses["4XX"] = Refusal("application/json", new() { ["error"] = error });
        if (!hasBody)
            return;

        var body = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "As OpenAI's Chat Completions take it." };
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content("application/json", body) };
    }

    private static OpenApiResponse Refusal(string contentType, Dictionary<string, IOpenApiSchema> fields) => new()
    {
        Description = "Refused.",
        Content = Content(contentType, new OpenApiSchema { Type = JsonSchemaType.Object, Properties = fields }),
    };

    private static Dictionary<string, OpenApiMediaType> Content(string contentType, OpenApiSchema schema) =>
        new() { [contentType] = new OpenApiMediaType { Schema = schema } };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
