using System.Globalization;
using System.Text;
using System.Text.Json;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Gateway.SwarmsApi;

/// <summary>An answer read from the wire; each chunk is one write of the hub.</summary>
internal sealed class DoorAnswer
{
    private readonly StreamReader _reader;

    private DoorAnswer(StreamReader reader) => _reader = reader;

    public int Status { get; private set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string RunId => Headers["X-Run-Id"];

    public static async Task<DoorAnswer> ReadAsync(StreamReader reader)
    {
        var answer = new DoorAnswer(reader);
        answer.Status = int.Parse((await answer.LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        while (await answer.LineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            answer.Headers[name] = answer.Headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return answer;
    }

    /// <summary>Reads the next chunk; returns null after the last.</summary>
    public async Task<string?> NextChunkAsync()
    {
        var length = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = await TextAsync(length);
        Assert.Equal("", await LineAsync());
        return length == 0 ? null : chunk;
    }

    /// <summary>Reads every remaining chunk.</summary>
    public async Task<List<string>> ChunksAsync()
    {
        var chunks = new List<string>();
        while (await NextChunkAsync().InTime() is { } chunk)
            chunks.Add(chunk);

        return chunks;
    }

    /// <summary>Reads the whole body, chunked or not.</summary>
    public async Task<string> BodyAsync() => Headers.TryGetValue("Content-Length", out var length)
        ? await TextAsync(int.Parse(length, CultureInfo.InvariantCulture)).InTime()
        : string.Concat(await ChunksAsync());

    /// <summary>Requires a refusal in the Swarms API's form, without the hub's internals; returns its sentence.</summary>
    public async Task<string> DetailAsync(int status)
    {
        var body = await BodyAsync();
        Assert.True(Status == status, $"{Status} instead of {status}: {body}");
        Assert.Equal("application/json", Headers["Content-Type"].Split(';')[0]);
        var detail = Assert.Single(JsonElement.Parse(body).EnumerateObject());
        Assert.Equal("detail", detail.Name);
        Leaks.Refuse(body);
        Answer.IsSentence(detail.Value.GetString()!);
        return detail.Value.GetString()!;
    }

    private async Task<string> LineAsync() =>
        await _reader.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new EndOfStreamException("The hub closed the connection.");

    private async Task<string> TextAsync(int length)
    {
        // A read of nothing would wait for the next answer's first byte.
        if (length == 0)
            return "";

        var bytes = new char[length];
        if (await _reader.ReadBlockAsync(bytes, TestContext.Current.CancellationToken) < length)
            throw new EndOfStreamException("The hub closed the connection.");

        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
    }
}
