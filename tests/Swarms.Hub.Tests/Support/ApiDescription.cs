using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NJsonSchema;
using NSwag;

namespace Swarms.Hub.Support;

/// <summary>
/// Compares the hub's answers with its OpenAPI document: the status is listed by itself, the content type is listed, and JSON fits its
/// schema. It looks at the first answers of each call, status and content type, so the suite stays as fast as it is. Safe from any
/// thread.
/// </summary>
internal static partial class ApiDescription
{
    private const int MaxChecksOfEach = 5;

    private static readonly ConcurrentDictionary<(string Call, int Status, string? ContentType), int> Checks = [];
    private static Lazy<Task<List<Call>>>? _calls;

    /// <summary>Reads the document of the hub at the first answer.</summary>
    public static void Read(HubUnderTest hub) => _calls = new(() => ReadAsync(hub));

    /// <summary>Fails the test where the answer is not as the document says.</summary>
    public static async Task CheckAsync(HttpResponseMessage response, Answer answer)
    {
        // Without the shared hub nothing has the document. The server itself answers a method that an address does not take, and an address
        // that is too long.
        if (_calls is null || response.RequestMessage is not { RequestUri: { } address } request || answer.Status is 405 or 414)
            return;

        var call = (await _calls.Value).Find(call => call.Method == request.Method.Method && call.Path.IsMatch(address.AbsolutePath));
        if (call is null)
            return;

        var contentType = response.Content.Headers.ContentType?.MediaType;
        if (Checks.AddOrUpdate((call.Name, answer.Status, contentType), 1, (_, count) => count + 1) <= MaxChecksOfEach)
            Check(call, answer, contentType);
    }

    private static void Check(Call call, Answer answer, string? contentType)
    {
        // An upstream's refusal passes a door as it is.
        if (call.IsDoor && answer.Status >= 400)
            return;

        var what = $"{call.Name} answered {answer.Status}";
        Assert.True(
            call.Operation.Responses.TryGetValue($"{answer.Status}", out var documented),
            $"{what}, which its description does not list: add .AlsoRefuses(code) to the route, or the rule to ApiRefusals. {answer.Text}");
        if (answer.Body.Length == 0)
            return;

        var content = documented.ActualResponse.Content;
        Assert.True(
            contentType is not null && content.ContainsKey(contentType),
            $"{what} with {contentType}, but its description lists {string.Join(", ", content.Keys)}: see .Produces of the route.");
        if (contentType.EndsWith("json", StringComparison.Ordinal) && content[contentType].Schema is { } schema)
            Assert.Equal("", string.Join('\n', schema.Validate(answer.Text, SchemaType.OpenApi3).Select(error => $"{what}: {error}")));
    }

    private static async Task<List<Call>> ReadAsync(HubUnderTest hub)
    {
        using var response = await hub.Anybody().OpenAsync(HttpMethod.Get, "/openapi/v1.json", null);
        var json = await response.Content.ReadAsStringAsync();
        var document = await OpenApiDocument.FromJsonAsync(json);
        // An address with fewer variables is the better match.
        return
        [
            .. document.Operations.OrderBy(operation => operation.Path.Count(letter => letter == '{')).Select(operation => new Call(
                operation.Method.ToUpperInvariant(), operation.Path, operation.Operation,
                new Regex($"^{Placeholder().Replace(operation.Path, "[^/]+")}$"))),
        ];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    private sealed record Call(string Method, string Address, OpenApiOperation Operation, Regex Path)
    {
        public string Name => $"{Method} {Address}";

        public bool IsDoor => Address.StartsWith("/v1/", StringComparison.Ordinal);
    }
}
