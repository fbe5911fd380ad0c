using System.Text.Json;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>One stream of tests/fixtures/swarms-sse and the events that it must become.</summary>
internal sealed record Fixture(string Name, byte[] Stream, JsonElement Expected)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "swarms-sse");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.sse").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    public static Fixture Load(string name) => new(
        name,
        File.ReadAllBytes(Path.Combine(Folder, $"{name}.sse")),
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.expected.json"))));

    /// <summary>Requires every listed field with its value; others may be there too.</summary>
    public void Matches(IEnumerable<UpstreamFrame> frames)
    {
        var events = frames.Select(frame => frame.Event).OfType<UpstreamEvent>().ToList();
        Assert.Equal(Expected.EnumerateArray().Select(one => one.GetProperty("type").GetString()), events.Select(one => one.Type));
        foreach (var (expected, actual) in Expected.EnumerateArray().Zip(events))
        {
            var data = JsonElement.Parse(actual.Data.Span);
            foreach (var field in expected.GetProperty("data").EnumerateObject())
            {
                Assert.True(
                    JsonElement.DeepEquals(field.Value, data.GetProperty(field.Name)),
                    $"{actual.Type}.{field.Name} should be {field.Value.GetRawText()} but the data is {data.GetRawText()}.");
            }
        }
    }
}
