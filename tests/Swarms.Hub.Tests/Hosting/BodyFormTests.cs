using System.Text;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class BodyFormTests(SharedHub shared)
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"name":"Physik für Älteste"}""");

    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=utf8")]
    [InlineData("application/json; charset=UTF8; x=y")]
    public async Task Every_Spelling_Of_Utf8_Is_Taken(string contentType)
    {
        var answer = await _hub.Anybody().SendRawAsync(HttpMethod.Post, "/api/rooms", Body, contentType);

        Assert.Equal((201, "Physik für Älteste"), (answer.Status, answer.Json.GetProperty("room").GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("\"bogus\"")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-7")]
    public async Task Every_Other_Charset_Is_Another_Kind_Of_Body(string charset)
    {
        var answer = await _hub.Anybody().SendRawAsync(HttpMethod.Post, "/api/rooms", Body, $"application/json; charset={charset}");

        answer.IsProblem(415, "invalid");
        Assert.Contains("UTF-8", answer.Text, StringComparison.Ordinal);
        (await _hub.Anybody().SendRawAsync(HttpMethod.Post, "/v1/agent/completions", Body, $"application/json; charset={charset}"))
            .IsDetail(415);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task Compressed_Body_Is_Refused_With_What_Is_Taken(string coding)
    {
        using var content = new ByteArrayContent(Body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

        var answer = await _hub.Anybody().SendAsync(HttpMethod.Post, "/api/rooms", content);

        answer.IsProblem(415, "invalid");
        Assert.Equal("identity", answer.Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task Coding_That_Changes_Nothing_Is_Taken()
    {
        using var content = new ByteArrayContent(Body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", "identity");

        Assert.Equal(201, (await _hub.Anybody().SendAsync(HttpMethod.Post, "/api/rooms", content)).Status);
    }
}
