using System.Text.Json;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed partial class ApiDocumentTests(SharedHub shared)
{
    public static TheoryData<string, string> Documented => new()
    {
        { "post", "/api/rooms" }, { "get", "/api/rooms/{room}" }, { "patch", "/api/rooms/{room}" }, { "delete", "/api/rooms/{room}" },
        { "post", "/api/rooms/{room}/invites" }, { "delete", "/api/rooms/{room}/invites/{invite}" }, { "post", "/api/join" },
        { "get", "/api/rooms/{room}/invites" }, { "get", "/api/rooms/{room}/bans" }, { "delete", "/api/rooms/{room}/bans/{ban}" },
        { "post", "/api/rooms/{room}/embeds" }, { "get", "/api/rooms/{room}/embeds" }, { "delete", "/api/rooms/{room}/embeds/{embed}" },
        { "get", "/api/embed/{run}" },
        { "post", "/api/rooms/{room}/programs" }, { "get", "/api/rooms/{room}/programs" },
        { "post", "/api/rooms/{room}/members/me/token" }, { "post", "/api/rooms/{room}/members/me/return-link" },
        { "get", "/api/rooms/{room}/members/me/return-link" }, { "get", "/api/rooms/{room}/models" },
        { "delete", "/api/rooms/{room}/members/me/return-link" }, { "post", "/api/return" },
        { "patch", "/api/rooms/{room}/members/{member}" }, { "delete", "/api/rooms/{room}/members/{member}" },
        { "post", "/api/rooms/{room}/members/{member}/hand-over" }, { "post", "/api/invites/look" },
        { "get", "/api/rooms/{room}/presence" }, { "get", "/api/rooms/{room}/attendance" },
        { "get", "/api/rooms/{room}/events" }, { "post", "/api/rooms/{room}/messages" }, { "post", "/api/rooms/{room}/reactions" },
        { "put", "/api/rooms/{room}/agents/{agent}" }, { "delete", "/api/rooms/{room}/agents/{agent}" },
        { "post", "/api/rooms/{room}/groups" }, { "put", "/api/rooms/{room}/groups/{group}/vote" },
        { "get", "/api/rooms/{room}/groups/{group}/vote" }, { "delete", "/api/rooms/{room}/groups/{group}/vote" },
        { "post", "/api/rooms/{room}/groups/{group}/reveal" },
        { "post", "/api/rooms/{room}/runs" }, { "get", "/api/rooms/{room}/runs" }, { "get", "/api/rooms/{room}/runs/{run}" },
        { "get", "/api/rooms/{room}/runs/{run}/transcript" }, { "get", "/api/rooms/{room}/transcript" },
        { "get", "/api/rooms/{room}/search" },
        { "post", "/api/rooms/{room}/runs/{run}/cancel" }, { "post", "/api/rooms/{room}/runs/{run}/approve" },
        { "post", "/api/rooms/{room}/runs/{run}/decline" }, { "post", "/api/rooms/{room}/runs/{run}/place" },
        { "put", "/api/rooms/{room}/runs/{run}/support" }, { "delete", "/api/rooms/{room}/runs/{run}/support" },
        { "get", "/api/rooms/{room}/messages" }, { "patch", "/api/rooms/{room}/messages/{sequence}" },
        { "delete", "/api/rooms/{room}/messages/{sequence}" }, { "post", "/api/rooms/{room}/reactions/take-back" },
        { "put", "/api/rooms/{room}/hands/me" }, { "delete", "/api/rooms/{room}/hands/me" },
        { "delete", "/api/rooms/{room}/hands/{member}" }, { "delete", "/api/rooms/{room}/hands" },
        { "get", "/api/rooms/{room}/runs/{run}/passage" }, { "post", "/api/rooms/{room}/runs/{run}/hide" },
        { "post", "/api/rooms/{room}/runs/{run}/show" }, { "delete", "/api/rooms/{room}/runs/{run}" },
        { "post", "/api/rooms/{room}/runs/{run}/mask" }, { "post", "/api/rooms/{room}/runs/{run}/release" },
        { "get", "/healthz" }, { "get", "/readyz" }, { "get", "/metrics" }, { "get", "/api/overview" },
        { "post", "/api/tickets" }, { "get", "/api/server" }, { "post", "/v1/agent/completions" }, { "post", "/v1/swarm/completions" },
        { "post", "/v1/reasoning-agent/completions" }, { "post", "/v1/graph-workflow/completions" },
        { "post", "/v1/batched-grid-workflow/completions" }, { "post", "/v1/auto-swarm-builder/completions" },
        { "post", "/v1/advanced-research/completions" }, { "post", "/v1/advanced-research/batch/completions" },
        { "post", "/v1/agent/batch/completions" }, { "post", "/v1/swarm/batch/completions" },
        { "get", "/v1/models/available" }, { "get", "/v1/agents/list" }, { "get", "/v1/swarms/available" },
        { "get", "/v1/tools/available" }, { "get", "/v1/reasoning-agent/types" }, { "get", "/v1/auto-swarm-builder/execution-types" },
        { "get", "/v1/rate/limits" }, { "get", "/v1/usage/costs" }, { "get", "/v1/account/credits" }, { "get", "/health" },
        { "post", "/v1/chat/completions" }, { "get", "/v1/models" }, { "get", "/v1/models/{model}" },
    };

    private static readonly string[] Bodiless =
    [
        "/api/tickets", "/api/rooms/{room}/runs/{run}/cancel", "/api/rooms/{room}/runs/{run}/hide", "/api/rooms/{room}/runs/{run}/show",
        "/api/rooms/{room}/members/{member}/hand-over", "/api/rooms/{room}/groups/{group}/reveal",
    ];

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task The_Document_Describes_Each_Call(string method, string path)
    {
        var document = await DocumentAsync();
        Assert.True(document.GetProperty("paths").TryGetProperty(path, out var item), path);
        Assert.True(item.TryGetProperty(method, out var operation), $"{method} {path}");
        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        Assert.Contains(operation.GetProperty("responses").EnumerateObject(), response => response.Name.StartsWith('2'));
        Assert.Contains(operation.GetProperty("responses").EnumerateObject(), response => response.Name == "default");
        if (method is "post" or "patch" && !Bodiless.Contains(path))
            Assert.True(operation.TryGetProperty("requestBody", out _), $"{method} {path} has no body");
    }

    [Fact]
    public async Task The_Document_Describes_Nothing_Else_And_All_Its_References_Lead_Somewhere()
    {
        var document = await DocumentAsync();
        Assert.Equal(
            Documented.Count,
            document.GetProperty("paths")
                .EnumerateObject()
                .Sum(path => path.Value.EnumerateObject().Count(item => item.Name is "get" or "post" or "patch" or "delete" or "put")));
        Assert.All(References(document), reference =>
        {
            var found = document;
            foreach (var step in reference.Split('/').Skip(1))
                Assert.True(found.TryGetProperty(step.Replace("~1", "/", StringComparison.Ordinal), out found), reference);
        });
        Assert.Equal("Swarms.Hub", document.GetProperty("info").GetProperty("title").GetString());
        Assert.True(document.GetProperty("components").TryGetProperty("securitySchemes", out _));
    }

    [Fact]
    public async Task Every_Call_Has_A_Name_Of_Its_Own_A_Group_That_Is_Described_And_All_Parameters_Of_Its_Address()
    {
        var document = await DocumentAsync();
        var groups = document.GetProperty("tags").EnumerateArray().ToDictionary(
            tag => tag.GetProperty("name").GetString()!, tag => tag.TryGetProperty("description", out _));
        var names = new HashSet<string>();
        foreach (var (call, path, operation) in Operations(document))
        {
            Assert.True(
                operation.TryGetProperty("operationId", out var name) && CamelCase().IsMatch(name.GetString()!),
                $"{call} has no name: add .WithName(\"verbNoun\") to its route.");
            Assert.True(names.Add(name.GetString()!), $"{call} has the name of another call, {name}: give it its own by .WithName.");
            Assert.True(operation.TryGetProperty("summary", out _), $"{call} has no summary: add .WithSummary to its route.");
            var group = operation.GetProperty("tags")[0].GetString()!;
            Assert.True(groups.GetValueOrDefault(group), $"{call} is in the group {group}: describe it in ApiTags.");
            var declared = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "path")
                    .Select(parameter => parameter.GetProperty("name").GetString()!).ToList()
                : [];
            Assert.Equal(Placeholder().Matches(path).Select(match => match.Groups[1].Value), declared);
        }
    }

    [Fact]
    public async Task Every_Call_Says_Its_Access_And_Every_Refusal_Its_Form()
    {
        var document = await DocumentAsync();
        var open = new List<string>();
        foreach (var (call, path, operation) in Operations(document))
        {
            if (operation.GetProperty("security").GetArrayLength() == 0)
                open.Add(call);

            var form = path.StartsWith("/v1/", StringComparison.Ordinal) ? "application/json" : "application/problem+json";
            var refusals = operation.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name[0] is '4' or '5' or 'd' && (path, response.Name) != ("/readyz", "503"));
            Assert.All(refusals, refusal => Assert.True(
                refusal.Value.GetProperty("content").TryGetProperty(form, out _), $"{call} refuses with {refusal.Name} without {form}"));
        }

        Assert.Equal(
            [
                "get /api/server", "get /health", "get /healthz", "get /readyz", "post /api/invites/look", "post /api/join",
                "post /api/return",
            ],
            open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Numbers_Are_Numbers_Times_Are_Texts_And_Texts_Of_A_Fixed_List_Have_It()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        foreach (var schema in schemas.EnumerateObject().Where(schema => schema.Value.TryGetProperty("properties", out _)))
        {
            foreach (var property in schema.Value.GetProperty("properties").EnumerateObject())
            {
                var name = $"{schema.Name}.{property.Name}";
                if (property.Value.TryGetProperty("format", out var format))
                {
                    var expected = format.GetString() switch { "date-time" or "date" => "string", "double" => "number", _ => "integer" };
                    Assert.Equal((name, expected), (name, property.Value.GetProperty("type").GetString()));
                }

                Assert.False(property.Value.TryGetProperty("pattern", out _), $"{name} has a pattern");
                if (property.Name is "role" or "kind" or "state")
                    Assert.True(property.Value.TryGetProperty("$ref", out _), $"{name} lists no values: add [OneOf(typeof(…))] to it.");
            }
        }

        Assert.Equal(["host", "participant", "viewer"], ValuesOf("MemberRole"));
        Assert.Equal(Endings.All.Select(ending => ending.Code).Order(), ValuesOf("ErrorCode").Order());

        IEnumerable<string?> ValuesOf(string list) =>
            schemas.GetProperty(list).GetProperty("enum").EnumerateArray().Select(value => value.GetString());
    }

    [Theory]
    [InlineData("", "", "/")]
    [InlineData("/hub", "", "/hub")]
    [InlineData("", "/school/hub", "/school/hub")]
    public async Task The_Document_Names_The_Path_Below_Which_People_Reach_The_Hub(string configured, string prefix, string server)
    {
        await using var hub = HubUnderTest.Start(
            ("Server:PathBase", configured), ("ForwardedHeaders_Enabled", "true"), ("Access:OperatorKey", "a-key-of-the-operator"));
        (string, string)[] headers = prefix.Length > 0 ? [("X-Forwarded-Prefix", prefix)] : [];

        var answer = await new Caller(hub.Address, "a-key-of-the-operator").GetAsync("/openapi/v1.json", headers);

        var known = Assert.Single(answer.Json.GetProperty("servers").EnumerateArray());
        Assert.Equal(server, known.GetProperty("url").GetString());
    }

    private static IEnumerable<(string Call, string Path, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => ($"{operation.Name} {path.Name}", path.Name, operation.Value)));

    private async Task<JsonElement> DocumentAsync()
    {
        var answer = await shared.Hub.Anybody().GetAsync("/openapi/v1.json");
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => property.Name == "$ref" ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("^[a-z][A-Za-z]+$")]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
