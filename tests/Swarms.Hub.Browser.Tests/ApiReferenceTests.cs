namespace Swarms.Hub.Browser;

/// <summary>The page of the API's document in a real browser.</summary>
public sealed class ApiReferenceTests(HubAndBrowser site)
{
    [Fact]
    public async Task Page_Shows_The_Description_And_No_Request_Leaves_The_Hub()
    {
        site.SkipWhereSomethingIsMissing();
        var page = await site.OpenPageAsync();
        var asked = new List<string>();
        var complaints = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };

        await page.GotoAsync(new Uri(site.Address, "docs").ToString());
        await Expect(page.GetByText("Many people and programs watch AI agents write").First).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Contains(asked, url => url.EndsWith("/openapi/v1.json", StringComparison.Ordinal));
        Assert.All(
            asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)),
            url => Assert.Equal(site.Address.Authority, new Uri(url).Authority));
        Assert.Equal("", string.Join('\n', complaints));
    }
}
