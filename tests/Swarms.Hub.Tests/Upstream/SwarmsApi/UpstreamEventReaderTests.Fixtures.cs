using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

public sealed partial class UpstreamEventReaderTests
{
    public static TheoryData<string> Fixtures => Fixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_Becomes_Its_Events_When_It_Arrives_Whole(string name)
    {
        var fixture = Fixture.Load(name);
        fixture.Matches(await Reading.Frames(fixture.Stream));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_Becomes_Its_Events_When_It_Arrives_Byte_By_Byte(string name)
    {
        var fixture = Fixture.Load(name);
        fixture.Matches(await Reading.Frames(new ChoppedStream(fixture.Stream, () => 1)));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_Becomes_Its_Events_Wherever_It_Is_Cut(string name)
    {
        var fixture = Fixture.Load(name);
        for (var round = 0; round < 200; round++)
        {
            var seed = Random.Shared.Next();
            TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
            var random = new Random(seed);
            fixture.Matches(await Reading.Frames(new ChoppedStream(fixture.Stream, () => random.Next(1, 40))));
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_Becomes_Its_Events_Over_Http(string name)
    {
        var fixture = Fixture.Load(name);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        foreach (var pieces in new[] { [fixture.Stream], fixture.Stream.Chunk(1), Cut(fixture.Stream, new Random(seed)) })
        {
            await using var upstream = await ScriptedUpstream.StartAsync();
            var answer = upstream.Answer();
            foreach (var piece in pieces)
                answer.Body(piece);

            await using var client = new ClientUnderTest(upstream.BaseAddress);
            await using var response = await client.SendAsync();
            fixture.Matches(await response.Frames());
        }
    }

    private static IEnumerable<byte[]> Cut(byte[] stream, Random random)
    {
        for (var at = 0; at < stream.Length;)
        {
            var size = Math.Min(random.Next(1, 60), stream.Length - at);
            yield return stream[at..(at + size)];
            at += size;
        }
    }
}
