using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Support;

/// <summary>An answer as received. Reading one fails the test if it reveals the hub's internals.</summary>
internal sealed partial record Answer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Concat(response.Headers.NonValidated.Select(h => KeyValuePair.Create(h.Key, (IEnumerable<string>)[.. h.Value])))
            .DistinctBy(header => header.Key)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var answer = new Answer(
            (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), headers);
        if (answer.Status >= 400)
            Leaks.Refuse(answer.Text);

        await ApiDescription.CheckAsync(response, answer);

        return answer;
    }

    /// <summary>Requires a refusal in PROTOCOL.md's form: problem details with a code and one sentence.</summary>
    public Answer IsProblem(int status, string code)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        Assert.Equal("application/problem+json", Headers["Content-Type"].Split(';')[0]);
        Assert.Equal(code, Code);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        IsSentence(Json.GetProperty("detail").GetString()!);
        return this;
    }

    /// <summary>Requires a refusal of a Swarms door.</summary>
    public Answer IsDetail(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        Assert.Equal("application/json", Headers["Content-Type"].Split(';')[0]);
        Assert.Equal("detail", Assert.Single(Json.EnumerateObject()).Name);
        IsSentence(Json.GetProperty("detail").GetString()!);
        return this;
    }

    /// <summary>Requires a refusal of a call below <c>/v1</c> that is no door, for callers of the Swarms API and of OpenAI.</summary>
    public Answer IsNoDoor(int status, string code)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        var sentence = Json.GetProperty("detail").GetString()!;
        IsSentence(sentence);
        Assert.Equal(
            (sentence, "invalid_request_error", code),
            (Error("message"), Error("type"), Error("code")));
        return this;

        string Error(string field) => Json.GetProperty("error").GetProperty(field).GetString()!;
    }

    public static void IsSentence(string text) => Assert.Matches(Sentence(), text);

    [GeneratedRegex(@"^\p{L}[^\r\n]{10,}\.$")]
    private static partial Regex Sentence();
}
