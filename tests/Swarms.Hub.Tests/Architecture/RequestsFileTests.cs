using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Swarms.Hub.Support;

namespace Swarms.Hub.Architecture;

public sealed partial class RequestsFileTests(SharedHub shared)
{
    // A file of the web page, which may not be built.
    private static readonly string[] PageFiles = ["/lib/signalr.js", "/embed/swarms-run.js"];

    [Fact]
    public void File_Has_Every_Call_Of_The_Protocol_And_No_Other()
    {
        var called = RequestsFile.Read().Requests.Select(request => $"{request.Method} {Shape(request.Url)}");

        Assert.Equal(Documented().Order(), called.Distinct().Order());
    }

    [Fact]
    public void Hub_Has_A_Route_For_Every_Call_Of_The_Protocol()
    {
        var routes = shared.Hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Calls).ToHashSet();

        // The document's name is a part of its route, and of its page's.
        var others = PageFiles.Select(file => $"GET {file}").Concat(["GET /openapi/v1.json", "GET /docs"]);
        Assert.All(Documented().Except(others), call => Assert.Contains(call, routes));
    }

    [Fact]
    public async Task Every_Request_Of_The_File_Succeeds_From_Top_To_Bottom()
    {
        var file = RequestsFile.Read();
        file.Address(shared.Hub.Address);
        using var http = new HttpClient();
        var isPageBuilt = File.Exists(Path.Combine(Repository.Root, $"src/Swarms.Hub/wwwroot{PageFiles[0]}"));
        foreach (var block in file.Requests.Where(block => isPageBuilt || !PageFiles.Contains(Shape(block.Url))))
        {
            using var request = file.Resolve(block);
            using var answer = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            // The feed does not end by itself.
            var body = block.IsFeed ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{block.Title}: {(int)answer.StatusCode} {body}");
            file.Remember(block, body);
        }
    }

    private static HashSet<string> Documented()
    {
        var http = HttpSection().Match(Repository.Read("src/Swarms.Hub.Protocol/PROTOCOL.md")).Value;
        return [.. Call().Matches(http).Select(call => $"{call.Groups["method"].Value} {Shape(call.Groups["path"].Value)}")];
    }

    private static IEnumerable<string> Calls(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Select(method => $"{method} {Shape($"/{route.RoutePattern.RawText?.Trim('/')}")}");
    }

    // Variables may have other names, and the query is not part of the route.
    private static string Shape(string url) =>
        Placeholder().Replace(url.Replace("{{hub}}", "", StringComparison.Ordinal).Split('?')[0], "{}");

    [GeneratedRegex("^## HTTP$.*?^#", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex HttpSection();

    [GeneratedRegex(@"(?<=^\|[^|]*)`(?<method>GET|POST|PUT|PATCH|DELETE) (?<path>/[^`]*)`", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"\{\{?[^}]+\}?\}")]
    private static partial Regex Placeholder();
}
