using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Swarms.Hub.LoadTest.Generator;

/// <summary>
/// Parses every event of a sampled viewer and compares each run's text with the digest that its <c>done</c> states. The viewer must see its
/// runs from their first event.
/// </summary>
internal sealed class TextChecker(string name, Gauge gauge)
{
    private readonly Dictionary<string, IncrementalHash> _texts = [];

    public int Checked { get; private set; }

    public void Read(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        using var document = JsonDocument.ParseValue(ref reader);
        foreach (var item in document.RootElement.GetProperty("item").GetProperty("events").EnumerateArray())
        {
            if (item.TryGetProperty("run", out var run))
                Read(run.GetString()!, item.GetProperty("type").GetString()!, item.GetProperty("data"));
        }
    }

    private void Read(string run, string type, JsonElement data)
    {
        switch (type)
        {
            case "run.queued":
                _texts[run] = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                break;
            case "chunk" when _texts.TryGetValue(run, out var text):
                text.AppendData(Encoding.UTF8.GetBytes(data.GetProperty("content").GetString()!));
                break;
            case "done" when _texts.Remove(run, out var text):
                Checked++;
                if (Convert.ToHexStringLower(text.GetHashAndReset()) != data.GetProperty("sha256").GetString())
                    gauge.Fault($"{name}: the text of run {run} is not what its digest says.");
                text.Dispose();
                break;
            case "error" or "cancelled" or "interrupted":
                gauge.Fault($"{name}: run {run} ended with {type}: {data.GetRawText()}");
                break;
        }
    }
}
