using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

public sealed partial class CurlDemoTests
{
    [Fact]
    public async Task Script_Prints_Events_That_Hold_The_Text_Of_The_Digest()
    {
        Demo.SkipUnless(Demo.IsOnPath("curl"), "There is no curl on the PATH: install it.");
        await using var hub = await HubProcess.StartNewAsync();
        var settings = new Dictionary<string, string> { ["SWARMS_HUB_URL"] = hub.Address.GetLeftPart(UriPartial.Authority) };
        await using var demo = new Demo("sh", [Path.Combine(Demo.Folder, "curl", "run.sh")], settings);

        var printed = await demo.ReadUntilAsync(printed => Read(printed, EventTypes.Done).Any());

        var snapshot = Assert.Single(Read(printed, FrameKinds.Snapshot));
        var text = Assert.Single(snapshot.GetProperty("runs").EnumerateArray()).GetProperty("text").GetString()
            + string.Concat(Read(printed, EventTypes.Chunk).Select(chunk => chunk.GetProperty("data").GetProperty("content").GetString()));
        var done = Assert.Single(Read(printed, EventTypes.Done)).GetProperty("data");
        Assert.Equal(done.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        Assert.NotEmpty(text);
    }

    private static IEnumerable<JsonElement> Read(string printed, string type) =>
        from match in Event().Matches(printed)
        where match.Groups["type"].Value == type
        select JsonSerializer.Deserialize<JsonElement>(match.Groups["data"].Value);

    [GeneratedRegex("event: (?<type>.+)\ndata: (?<data>.+)\n\n")]
    private static partial Regex Event();
}
