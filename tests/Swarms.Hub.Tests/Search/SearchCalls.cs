using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Search;

/// <summary>The calls of a search, and the wait for its index.</summary>
internal static class SearchCalls
{
    public static Task<Answer> TrySearchAsync(this MemberCaller member, string q, string more = "") =>
        member.GetAsync($"{member.Path}/search?q={Uri.EscapeDataString(q)}{more}");

    public static async Task<SearchPage> SearchAsync(this MemberCaller member, string q, string more = "")
    {
        var answer = await member.TrySearchAsync(q, more);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.Deserialize<SearchPage>(ProtocolJson.Options)!;
    }

    /// <summary>Returns what is found, the newest first, as "kind field".</summary>
    public static async Task<string[]> FindAsync(this MemberCaller member, string q, string more = "")
    {
        var page = await member.SearchAsync(q, more);
        Assert.True(page.IsComplete);
        return [.. page.Results.OrderByDescending(result => result.Sequence).Select(result => $"{result.Kind} {result.Field}")];
    }

    /// <summary>Waits until the index has everything, so that a search reads nothing of the log's end.</summary>
    public static Task IndexedAsync(this HubUnderTest hub) => Until.TrueAsync(() => !hub.Get<ILogWriter>().IsSearchBehind);

    public static string Marked(this SearchResult result) =>
        string.Concat(result.Snippet.Select(piece => piece.IsMatch ? $"[{piece.Text}]" : piece.Text));
}
