using System.Net;
using System.Text.RegularExpressions;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed partial class ApiReferenceTests(SharedHub shared)
{
    [Fact]
    public async Task Page_Allows_No_Address_But_The_Hubs_And_No_Script_Without_Its_Nonce()
    {
        var page = await shared.Hub.Anybody().GetAsync("/docs/");
        var again = await shared.Hub.Anybody().GetAsync("/docs/");

        var policy = page.Headers["Content-Security-Policy"];
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.NotEqual(nonce, Nonce().Match(again.Headers["Content-Security-Policy"]).Groups[1].Value);
        // A plus in the nonce is escaped in HTML.
        Assert.All(
            Script().Matches(page.Text),
            script => Assert.Contains(nonce, WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/scalar.js")]
    [InlineData("/docs/scalar.aspnetcore.js")]
    public async Task Hub_Serves_The_Library_Itself(string path)
    {
        var script = await shared.Hub.Anybody().GetAsync(path);

        Assert.Equal((200, "text/javascript"), (script.Status, script.Headers["Content-Type"].Split(';')[0]));
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
