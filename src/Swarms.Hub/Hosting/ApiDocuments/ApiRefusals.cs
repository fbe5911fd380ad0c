using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Lists the statuses with which a call is refused, with their codes: those that its access, address, method and body imply, and those of
/// its <see cref="RefusalMetadata"/>.
/// </summary>
internal static class ApiRefusals
{
    private const int WrongMediaType = StatusCodes.Status415UnsupportedMediaType;

    // A refusal of a busy or full hub says when to come back.
    private static readonly int[] WithRetryAfter = [StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable];

    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool needsToken, string schema)
    {
        var codes = Implied(operation, context.Description.HttpMethod, needsToken);
        codes.UnionWith(
            context.Description.ActionDescriptor.EndpointMetadata.OfType<RefusalMetadata>().SelectMany(metadata => metadata.Codes));
        Add(operation, context.Document!, codes, schema);
        if (operation.RequestBody is not null)
            Add(operation, context.Document!, WrongMediaType, [ErrorCodes.Invalid], schema);
    }

    public static void Add(OpenApiOperation operation, OpenApiDocument document, IEnumerable<string> codes, string schema)
    {
        foreach (var status in codes.GroupBy(code => Endings.Find(code)!.HttpStatus!.Value).OrderBy(status => status.Key))
            Add(operation, document, status.Key, status.Order(StringComparer.Ordinal), schema);

        operation.Responses!["default"] = Refusal(
            document,
            schema == ApiDocument.Refusal ? "Refused." : "Refused; where the upstream refused, with its own status and body.",
            schema);
    }

    private static SortedSet<string> Implied(OpenApiOperation operation, string? method, bool needsToken)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal)
        {
            ErrorCodes.Internal, ErrorCodes.Starting, ErrorCodes.Draining, ErrorCodes.StorageUnavailable,
        };
        var hasBody = operation.RequestBody is not null;
        if (needsToken)
            codes.UnionWith([ErrorCodes.Unauthenticated, ErrorCodes.Forbidden, ErrorCodes.RateLimited]);

        if (operation.Parameters is { Count: > 0 } || hasBody)
            codes.UnionWith([ErrorCodes.Invalid, ErrorCodes.NotFound]);

        if (!HttpMethods.IsGet(method ?? "GET"))
            codes.UnionWith([ErrorCodes.Conflict, ErrorCodes.RoomFull]);

        if (hasBody)
            codes.UnionWith([ErrorCodes.Forbidden, ErrorCodes.TooLarge, ErrorCodes.RateLimited, ErrorCodes.QueueFull, ErrorCodes.Stalled]);

        return codes;
    }

    private static void Add(OpenApiOperation operation, OpenApiDocument document, int status, IEnumerable<string> codes, string schema)
    {
        var response = Refusal(document, $"Refused: {string.Join(", ", codes.Select(code => $"`{code}`"))}.", schema);
        if (WithRetryAfter.Contains(status))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "The seconds to wait, where waiting helps.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                },
            };
        }

        operation.Responses!.TryAdd($"{status}", response);
    }

    private static OpenApiResponse Refusal(OpenApiDocument document, string description, string schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [schema == ApiDocument.Refusal ? "application/problem+json" : "application/json"] = new()
            {
                Schema = new OpenApiSchemaReference(schema, document),
            },
        },
    };
}
