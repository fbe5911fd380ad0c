using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Browser;

/// <summary>The page, the console and a program without the SDK watch one run. One viewer comes late and one loses the network.</summary>
public sealed class EveryKindOfViewerTests(HubAndBrowser site)
{
    private const string Story = "A long story";

    [Fact]
    public async Task Page_Console_And_Plain_Client_Hold_The_Text_Whose_Digest_The_Ending_States()
    {
        site.SkipWhereSomethingIsMissing();
        await using var network = new CuttableNetwork(site.Address);
        await using var host = await site.CreatePersonAsync("Ada");
        await host.CreateRoomAsync("Biology, Tuesday");
        var (secret, code) = await host.InviteAsync("Viewer");
        await using var cut = await site.CreatePersonAsync("Linus", network.Address);
        await cut.JoinByLinkAsync(secret);
        await using var console = OutsideViewer.StartConsole(site.Address, host.RoomId, await JoinAsync(code, "Console"));
        await console.ReadUntilAsync(line => line.StartsWith("room ", StringComparison.Ordinal));
        await using var plain = OutsideViewer.StartPlainClient(site.Address, host.RoomId, await JoinAsync(code, "Plain"));
        await plain.ReadUntilAsync(line => Frame(line).Kind == FrameKinds.Snapshot);

        await host.StartSimulationAsync(Story, chunks: 400, chunksPerSecond: 40);
        await cut.Run(Story).GrowBeyondAsync(100);
        network.Cut();
        await Expect(cut.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        var before = await host.Run(Story).GrowBeyondAsync((await cut.Run(Story).ReadAsync()).Length + 100);
        network.Mend();
        await using var late = await site.CreatePersonAsync("Grace");
        await late.JoinByLinkAsync(secret);
        Assert.StartsWith(before, await late.Run(Story).GrowBeyondAsync(before.Length), StringComparison.Ordinal);

        var events = (await plain.ReadUntilAsync(line => Frame(line).Events?.Any(e => e.Type == EventTypes.Done) == true))
            .SelectMany(line => Frame(line).Events!).ToList();
        var text = string.Concat(events.Where(e => e.Type == EventTypes.Chunk).Select(e => e.Data.GetProperty("content").GetString()));
        var done = events.Single(e => e.Type == EventTypes.Done).Data;
        Assert.Equal(Enumerable.Range(0, events.Count).Select(i => events[0].Sequence + i), events.Select(e => e.Sequence));
        Assert.Equal(done.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(done.GetProperty("bytes").GetInt64(), Encoding.UTF8.GetByteCount(text));
        foreach (var person in (Person[])[host, cut, late])
        {
            await person.Run(Story).BeInStateAsync("done");
            await person.Run(Story).BeVerifiedAsync();
            Assert.Equal(text, await person.Run(Story).ReadSourceAsync());
        }

        const string Prefix = "Teller| ";
        var printed = (await console.ReadUntilAsync(line => line.Contains(" Teller: done", StringComparison.Ordinal)))
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..]);
        Assert.Equal(text.TrimEnd('\n'), string.Join('\n', printed));
        Assert.Equal(1, cut.TimesResumed);
    }

    private static RoomFrame Frame(string line) => JsonSerializer.Deserialize<RoomFrame>(line, ProtocolJson.Options)!;

    private async Task<string> JoinAsync(string code, string name)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var answer = await client.PostAsJsonAsync("api/join", new { code, name }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<RoomAdmission>(ProtocolJson.Options, TestContext.Current.CancellationToken))!.Token!;
    }
}
