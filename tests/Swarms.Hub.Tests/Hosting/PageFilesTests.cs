using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class PageFilesTests : IAsyncLifetime
{
    private const string Script = "/assets/index-abc123.js";
    private const string PageText = "<!doctype html><title>The page</title>";

    private static readonly string ScriptText = string.Concat(Enumerable.Repeat("console.log('page');\n", 200));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-test-");
    private HubUnderTest _hub = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await WriteAsync("index.html", PageText);
        await WriteAsync("room.html", PageText);
        await WriteAsync("room.html.gz", Compress(PageText, stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
        await WriteAsync("icon.svg", "<svg/>");
        await WriteAsync(Script, ScriptText);
        await WriteAsync("frames/diagram.html", "<script src=\"/frames/diagram.js\"></script>");
        await WriteAsync("frames/diagram.js", "draw();");
        await WriteAsync($"{Script}.br", Compress(ScriptText, stream => new BrotliStream(stream, CompressionLevel.SmallestSize)));
        await WriteAsync($"{Script}.gz", Compress(ScriptText, stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
        await WriteAsync("index.html.gz", Compress(PageText, stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
        // In development the page of the sources would come first.
        _hub = HubUnderTest.Start(("webroot", _folder.FullName), ("environment", "Production"));
        _client = new HttpClient { BaseAddress = _hub.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/join/?a=b", "/join?a=b")]
    [InlineData("/rooms/01k/", "/rooms/01k")]
    public async Task Page_With_A_Slash_Too_Many_Is_Sent_To_The_Depth_That_Its_Addresses_Fit(string path, string better)
    {
        var answer = await _hub.Anybody().GetAsync(path);

        Assert.Equal((302, better), (answer.Status, answer.Headers["Location"]));
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("*", "br")]
    [InlineData("BR", "br")]
    [InlineData("identity", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData(null, null)]
    public async Task Browser_Gets_The_Copy_That_It_Accepts(string? accepted, string? coding)
    {
        using var answer = await SendAsync(HttpMethod.Get, Script, ("Accept-Encoding", accepted));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(ScriptText, await DecodeAsync(answer));
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(Script, "br")]
    [InlineData(Script, "gzip")]
    [InlineData(Script, null)]
    [InlineData("/", "gzip")]
    [InlineData("/", null)]
    [InlineData("/rooms/01k", "gzip")]
    [InlineData("/icon.svg", "br")]
    public async Task What_A_Browser_Has_Is_Not_Sent_Again_And_Each_Copy_Has_A_Tag_Of_Its_Own(string path, string? accepted)
    {
        using var first = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", accepted));
        var tag = first.Headers.ETag!.ToString();

        using var again = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", accepted), ("If-None-Match", tag));
        using var other = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", "deflate"), ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag?.ToString());
        Assert.Equal("Accept-Encoding", again.Headers.Vary.Single());
        Assert.Equal(first.Headers.CacheControl, again.Headers.CacheControl);
        var isSame = first.Content.Headers.ContentEncoding.Count == 0;
        Assert.Equal(isSame ? HttpStatusCode.NotModified : HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/", PageText)]
    [InlineData("/join", PageText)]
    [InlineData("/rooms/01k", PageText)]
    [InlineData("/index.html", PageText)]
    [InlineData("/icon.svg", "<svg/>")]
    public async Task Page_And_Files_Without_A_Digest_In_Their_Name_Are_Asked_For_Each_Time(string path, string text)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", "gzip"));
        using var head = await SendAsync(HttpMethod.Head, path, ("Accept-Encoding", "gzip"));

        Assert.Equal("no-cache", answer.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(text, await DecodeAsync(answer));
        Assert.Equal(
            (HttpStatusCode.OK, answer.Headers.ETag, answer.Content.Headers.ContentLength, answer.Content.Headers.ContentType),
            (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength, head.Content.Headers.ContentType));
        Assert.Equal(answer.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_Of_A_Later_Build_Is_Another_Also_At_The_Same_Length_And_Time()
    {
        using var first = await SendAsync(HttpMethod.Get, "/");
        var file = Path.Combine(_folder.FullName, "index.html");
        var time = File.GetLastWriteTimeUtc(file);
        await WriteAsync("index.html", PageText.Replace("page", "PAGE", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, time);

        using var later = await SendAsync(HttpMethod.Get, "/", ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public async Task Part_Of_A_File_Is_Sent_On_Request(string? accepted)
    {
        using var whole = await SendAsync(HttpMethod.Get, Script, ("Accept-Encoding", accepted));
        var bytes = await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        _hub.Expect(LogLevel.Warning);
        using var part = await SendAsync(HttpMethod.Get, Script, ("Accept-Encoding", accepted), ("Range", "bytes=5-14"));
        using var beyond = await SendAsync(HttpMethod.Get, Script, ("Accept-Encoding", accepted), ("Range", "bytes=999999-"));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal($"bytes 5-14/{bytes.Length}", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal(bytes[5..15], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(whole.Headers.ETag, part.Headers.ETag);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Theory]
    [InlineData($"{Script}.br")]
    [InlineData($"{Script}.gz")]
    [InlineData("/index.html.gz")]
    [InlineData("/assets/missing.js")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    public async Task Copies_And_Files_That_Are_Not_There_Have_No_Address(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", "br, gzip"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Page_Runs_Nothing_That_The_Hub_Did_Not_Serve()
    {
        using var page = await SendAsync(HttpMethod.Get, "/");

        var policy = Policy(page);
        Assert.Equal("'none'", policy["default-src"]);
        Assert.All(["script-src", "style-src", "connect-src", "font-src", "frame-src"], source => Assert.Equal("'self'", policy[source]));
        Assert.Equal("'none'", policy["frame-ancestors"]);
        Assert.DoesNotContain("data:", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("/frames/diagram.html")]
    [InlineData("/frames/diagram.js")]
    public async Task Framed_Page_May_Be_Framed_By_The_Hubs_Own_Page_And_Loads_Its_Script_Without_An_Origin(string path)
    {
        using var frame = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, frame.StatusCode);
        var policy = Policy(frame);
        Assert.Equal(("'none'", "'self'", "'self'"), (policy["default-src"], policy["script-src"], policy["frame-ancestors"]));
        Assert.Contains("'unsafe-inline'", policy["style-src"], StringComparison.Ordinal);
        Assert.False(policy.ContainsKey("connect-src"));
        Assert.Equal("cross-origin", frame.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("/framesx")]
    [InlineData("/rooms/frames")]
    [InlineData("/api/frames")]
    public async Task Nothing_Else_Has_The_Frames_Policy(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);

        Assert.Equal("'none'", Policy(answer)["frame-ancestors"]);
    }

    private static Dictionary<string, string> Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy")
            .Single()
            .Split("; ")
            .Select(directive => directive.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> DecodeAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
            "gzip" => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
            _ => body,
        };
        var text = await new StreamReader(decoded).ReadToEndAsync(TestContext.Current.CancellationToken);
        body.Position = 0;
        return text;
    }

    private static byte[] Compress(string text, Func<Stream, Stream> wrap)
    {
        using var compressed = new MemoryStream();
        using (var stream = wrap(compressed))
            stream.Write(Encoding.UTF8.GetBytes(text));

        return compressed.ToArray();
    }

    private Task WriteAsync(string path, string text) => WriteAsync(path, Encoding.UTF8.GetBytes(text));

    private async Task WriteAsync(string path, byte[] bytes)
    {
        var file = Path.Combine(_folder.FullName, path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
    }
}
