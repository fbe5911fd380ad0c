using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

public sealed class HeldTextTests
{
    private readonly HeldText _held = new();

    [Fact]
    public void A_Mask_Across_Two_Chunks_Leaves_Its_Length_In_Each()
    {
        Add("Call 1");
        Add("12 now");
        _held.Mask(_held.Grow(5, 8));

        Assert.Equal(["chunk Call ", "masked 1", "masked 2", "chunk  now"], ReleaseAll());
        Assert.Equal(12, _held.Released);
    }

    [Fact]
    public void A_Family_In_Three_Chunks_Is_Masked_Whole()
    {
        // A woman, a joiner, a woman, a joiner, a girl: 8 units.
        Add("a👩\u200D");
        Add("👩");
        Add("\u200D👧b");

        Assert.Equal(new TextRange(1, 9), _held.Grow(4, 5));
        _held.Mask(_held.Grow(4, 5));
        Assert.Equal(["chunk a", "masked 3", "masked 2", "masked 3", "chunk b"], ReleaseAll());
    }

    [Fact]
    public void A_Surrogate_Pair_Is_Masked_Whole()
    {
        Add("x𝄞y");

        Assert.Equal(new TextRange(1, 3), _held.Grow(2, 3));
        Assert.Equal(new TextRange(1, 3), _held.Grow(1, 2));
    }

    [Fact]
    public void A_Release_Never_Ends_Inside_A_Character()
    {
        Add("x𝄞e\u0301");

        Assert.Equal([0, 1, 1, 3, 3, 5], Enumerable.Range(0, 6).Select(_held.FindBorder));
    }

    [Fact]
    public void Of_A_Character_That_Is_Partly_Released_The_Rest_Is_Masked()
    {
        Add("e");
        Release();
        Add("\u0301x");

        Assert.Equal(new TextRange(1, 2), _held.Grow(1, 2));
    }

    [Fact]
    public void Text_That_Continues_A_Masked_Character_Is_Masked_With_It()
    {
        Add("ae");
        _held.Mask(_held.Grow(1, 2));

        Assert.Equal(new TextRange(2, 3), _held.Append("\u0301b"));
        _held.Add(new HeldItem(Chunk("\u0301b", null), null, 2, 4, 0, Task.CompletedTask));
        Assert.Equal(["chunk a", "masked 1", "masked 1", "chunk b"], ReleaseAll());
    }

    [Fact]
    public void Text_That_Continues_A_Masked_Character_Is_Masked_Also_Where_That_Was_Released()
    {
        Add("ae");
        _held.Mask(_held.Grow(1, 2));
        ReleaseAll();

        Assert.Equal(new TextRange(2, 3), _held.Append("\u0301b"));
    }

    [Fact]
    public void Text_After_A_Mask_That_Ends_At_A_Border_Is_Not_Masked()
    {
        Add("ab");
        _held.Mask(_held.Grow(1, 2));

        Assert.Null(_held.Append("c"));
    }

    [Fact]
    public void Pieces_Keep_The_Agent_And_Other_Events_Their_Place()
    {
        Add("one ", "Ann");
        _held.Add(new HeldItem(new UpstreamEvent("tool", "{}"u8.ToArray()), null, 4, 4, 0, Task.CompletedTask));
        Add("two", "Ben");
        _held.Mask(new TextRange(2, 5));

        Assert.Equal(["chunk on Ann", "masked 2 Ann", "tool", "masked 1 Ben", "chunk wo Ben"], ReleaseAll());
    }

    [Fact]
    public void A_Chunk_That_Is_Released_Whole_Is_The_Upstreams_Own()
    {
        Add("one");

        Assert.Same(_held.Next!.Event, Assert.Single(_held.Cut(_held.Next, 3)));
    }

    private void Add(string text, string? agent = null)
    {
        var start = _held.Length;
        Assert.Null(_held.Append(text));
        _held.Add(new HeldItem(Chunk(text, agent), null, start, _held.Length, 0, Task.CompletedTask));
    }

    private static UpstreamEvent Chunk(string text, string? agent) => new(
        EventTypes.Chunk, JsonSerializer.SerializeToUtf8Bytes(new ChunkPayload(text, agent), ProtocolJson.Options), text);

    private List<string> ReleaseAll()
    {
        var given = new List<string>();
        while (_held.Next is not null)
            given.AddRange(Release());

        return given;
    }

    private List<string> Release()
    {
        var item = _held.Next!;
        var pieces = _held.Cut(item, item.End).Select(Describe).ToList();
        _held.Advance(item, item.End);
        return pieces;
    }

    private static string Describe(UpstreamEvent piece)
    {
        var data = JsonElement.Parse(piece.Data.Span);
        var content = piece.Type switch
        {
            EventTypes.Chunk => $" {ChunkPayload.Read(data).Content}",
            EventTypes.Masked => $" {MaskedPayload.Read(data).Length}",
            _ => "",
        };
        return $"{piece.Type}{content}{(data.TryGetProperty("agent", out var agent) ? $" {agent}" : "")}";
    }
}
