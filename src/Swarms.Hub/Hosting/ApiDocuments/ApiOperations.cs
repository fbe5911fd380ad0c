using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swarms.Hub.Access;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Adds to each call what the framework cannot find out: parameters of the address that a policy reads, the group, the access and the
/// refusals. All of it follows from the endpoint's address, metadata and handler, so a new route needs a name and a summary only.
/// <see cref="ApiRefusals"/> adds the refusals.
/// </summary>
internal static partial class ApiOperations
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    private static readonly Dictionary<string, OpenApiMediaType> NoContent = [];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["room"] = "The room's id, as its address has it.",
        ["sequence"] = "The message's sequence.",
        ["agent"] = "The agent's id, which its host chose.",
        ["Idempotency-Key"] = "Starting twice with one key starts one run. 1 to 200 characters.",
    };

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = (context.Description.RelativePath ?? "").TrimEnd('/');
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isDoor = path.StartsWith("v1/", StringComparison.Ordinal);
        var isChat = OpenAiError.IsSpokenAt($"/{path}");
        var needsToken = isDoor || !metadata.OfType<IAllowAnonymous>().Any();
        var document = context.Document!;

        if (!metadata.OfType<ITagsMetadata>().Any())
            operation.Tags = new HashSet<OpenApiTagReference> { new(ApiTags.Of(path), document) };

        operation.Description ??= isDoor
            ? "For participants and hosts of the room of the token."
            : Access(needsToken, metadata.OfType<IAuthorizeData>().Select(data => data.Policy).ToList());
        AddPathParameters(operation, path);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter, AttributesOf(context, parameter.Name!), document);

        if (isDoor && operation.RequestBody is null && context.Description.HttpMethod == HttpMethods.Post)
        {
            var form = isChat ? "As OpenAI's Chat Completions take it." : "As the Swarms API takes it.";
            var one = new OpenApiSchema { Type = JsonSchemaType.Object, Description = form };
            var body = ApiExamples.DoorBody(path) is JsonArray
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one, MinItems = 1 }
                : one;
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new() { Schema = body, Example = ApiExamples.DoorBody(path) },
                },
            };
        }

        var isFeed = DescribeTexts(operation, isDoor, isChat);
        operation.Security = Security(needsToken, isFeed, document);
        ApiRefusals.Add(
            operation, context, needsToken, isChat ? ApiDocument.ChatRefusal : isDoor ? ApiDocument.DoorRefusal : ApiDocument.Refusal);
        return Task.CompletedTask;
    }

    /// <summary>Describes the metrics, whose endpoint is a library's and says nothing of itself.</summary>
    public static OpenApiOperation Metrics(OpenApiDocument document)
    {
        var operation = new OpenApiOperation
        {
            OperationId = "getMetrics",
            Description = Access(needsToken: true, [RoomPolicies.Inspect]),
            Summary = "The hub's metrics, in the text form of Prometheus.",
            Tags = new HashSet<OpenApiTagReference> { new(ApiTags.Of("metrics"), document) },
            Security = Security(needsToken: true, isFeed: false, document),
            Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = "OK",
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["text/plain"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    },
                },
            },
        };
        string[] codes = [ErrorCodes.Unauthenticated, ErrorCodes.Forbidden, ErrorCodes.RateLimited];
        ApiRefusals.Add(operation, document, codes, ApiDocument.Refusal);
        return operation;
    }

    // The policies of a group and of its endpoint add up.
    private static string Access(bool needsToken, List<string?> policies) => policies switch
    {
        _ when !needsToken => "For everybody, without a token.",
        _ when policies.Contains(RoomPolicies.CreateRoom) =>
            "For callers who may create rooms: with the operator's key, or on a hub that is open.",
        _ when policies.Contains(RoomPolicies.Inspect) => "For operators: with their key, or on a hub that is open.",
        _ when policies.Contains(RoomPolicies.Host) => "For hosts of the room.",
        _ when policies.Contains(RoomPolicies.Participant) => "For participants and hosts of the room.",
        _ when policies.Contains(RoomPolicies.Viewer) => "For every member of the room.",
        _ => "For every token of a room.",
    };

    // A policy reads the room, and a handler need not. The framework declares only what a handler reads.
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        var inPath = Placeholder().Matches(path).Select(match => match.Groups[1].Value).ToList();
        foreach (var name in inPath.Where(name => operation.Parameters.All(parameter => parameter.Name != name)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        operation.Parameters = [.. operation.Parameters.OrderBy(parameter => (uint)inPath.IndexOf(parameter.Name!))];
        if (operation.Parameters.Count == 0)
            operation.Parameters = null;
    }

    private static object[] AttributesOf(OpenApiOperationTransformerContext context, string name) =>
        context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Name == name)?.ParameterDescriptor
            is IParameterInfoParameterDescriptor { ParameterInfo: { } parameter }
            ? parameter.GetCustomAttributes(inherit: false)
            : [];

    // A handler takes a number as text where its refusal says what the number should be. Its attributes tell the rest.
    private static void Describe(OpenApiParameter parameter, object[] attributes, OpenApiDocument document)
    {
        parameter.Description = attributes.OfType<DescriptionAttribute>().FirstOrDefault()?.Description
            ?? parameter.Description
            ?? Names.GetValueOrDefault(parameter.Name!)
            ?? (parameter.In == ParameterLocation.Path ? $"The {parameter.Name}'s id." : null);
        if (parameter.Schema is not OpenApiSchema schema)
            return;

        schema.Type &= ~JsonSchemaType.Null;
        if (attributes.OfType<RangeAttribute>().FirstOrDefault() is { } range)
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Format = "int32";
            schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
            schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
        }

        if (attributes.OfType<DefaultValueAttribute>().FirstOrDefault()?.Value is string value)
            schema.Default = schema.Type == JsonSchemaType.Integer ? JsonNode.Parse(value) : JsonValue.Create(value);

        if (attributes.OfType<OneOfAttribute>().FirstOrDefault() is { } constants)
            parameter.Schema = ApiSchemas.NamedList(document, constants);
    }

    // An endpoint names one type for all forms of its answer; in every form but JSON it is text. Returns true for a feed.
    private static bool DescribeTexts(OpenApiOperation operation, bool isDoor, bool isChat)
    {
        var isFeed = false;
        foreach (var content in operation.Responses!.Values.Select(response => response.Content ?? NoContent))
        {
            foreach (var form in content.Keys.Where(form => form.StartsWith("text/", StringComparison.Ordinal)).ToList())
            {
                content[form] = form == EventStream
                    ? EventsOf(isDoor, isChat)
                    : new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
                isFeed |= form == EventStream && !isDoor;
            }
        }

        return isFeed;
    }

    private static OpenApiMediaType EventsOf(bool isDoor, bool isChat)
    {
        var (description, example) = (isDoor, isChat) switch
        {
            (_, true) => (ApiExamples.ChatFrames, ApiExamples.ChatStream),
            (true, _) => (ApiExamples.DoorFrames, ApiExamples.DoorStream),
            _ => (ApiExamples.Frames, ApiExamples.Stream),
        };
        return new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description },
            Example = example,
        };
    }

    private static List<OpenApiSecurityRequirement> Security(bool needsToken, bool isFeed, OpenApiDocument document)
    {
        if (!needsToken)
            return [];

        string[] schemes = isFeed
            ? [ApiDocument.Bearer, ApiDocument.Key, ApiDocument.Ticket]
            : [ApiDocument.Bearer, ApiDocument.Key];
        return [.. schemes.Select(scheme =>
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
    }

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Placeholder();
}
