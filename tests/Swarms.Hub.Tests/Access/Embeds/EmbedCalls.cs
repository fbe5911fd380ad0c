using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Access;

/// <summary>The calls of the tests of embeds.</summary>
internal static class EmbedCalls
{
    public static async Task<EmbedCreated> EmbedAsync(this MemberCaller host, string run, long? expiresInSeconds = null, bool hideTask = false)
    {
        var answer = await host.PostAsync($"{host.Path}/embeds", new { run, expiresInSeconds, hideTask });
        Assert.True(answer.Status == 201, answer.Text);
        return answer.Json.Deserialize<EmbedCreated>(ProtocolJson.Options)!;
    }

    /// <summary>Returns a caller with nothing but the embed's token.</summary>
    public static Caller Reader(this MemberCaller host, EmbedCreated created) => new(host.Address, created.Token);

    public static string PathOf(EmbedCreated created) => $"/api/embed/{created.Embed.Run}";

    public static Task<FeedReader> ReadFeedAsync(this Caller reader, EmbedCreated created, params (string Name, string Value)[] headers) =>
        FeedReader.OpenAsync(reader, PathOf(created), headers);
}
