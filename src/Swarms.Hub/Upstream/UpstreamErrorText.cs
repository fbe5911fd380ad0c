using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Upstream;

/// <summary>The upstream's own text about a failure, as one bounded line for people; null if there is none.</summary>
internal static class UpstreamErrorText
{
    private const int MaxLength = 1000;
    private const int MaxProblems = 5;

    /// <summary>Reads the body of a refusal: <c>detail</c> before <c>error</c>.</summary>
    public static string? OfRefusal(JsonElement body) =>
        Of(body.Find("detail")) ?? Of(body.Find("error")) ?? Of(body.Find("message"));

    /// <summary>Reads an error within an answer: <c>error</c> before the others.</summary>
    public static string? OfError(JsonElement data) => data.ValueKind == JsonValueKind.Object
        ? Of(data.Find("error")) ?? Of(data.Find("message")) ?? Of(data.Find("detail"))
        : Of(data);

    /// <summary>Returns one line without control characters, cut if too long. Redact secrets first: a cut may leave half of one.</summary>
    public static string Tidy(string words)
    {
        var line = new StringBuilder(words.Trim());
        var isCut = line.Length > MaxLength;
        if (isCut)
            line.Length = char.IsHighSurrogate(line[MaxLength - 1]) ? MaxLength - 1 : MaxLength;

        for (var at = 0; at < line.Length; at++)
        {
            if (char.IsControl(line[at]))
                line[at] = ' ';
        }

        return isCut ? line.Append('…').ToString() : line.ToString();
    }

    private static string? Of(JsonElement? words) => words switch
    {
        { ValueKind: JsonValueKind.String } text => string.IsNullOrWhiteSpace(text.GetString()) ? null : text.GetString(),
        { ValueKind: JsonValueKind.Array } problems when problems.GetArrayLength() > 0 => OfProblems(problems),
        { ValueKind: JsonValueKind.Object } error => OfObject(error),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True } other => other.GetRawText(),
        _ => null,
    };

    private static string OfObject(JsonElement error)
    {
        var message = Of(error.Find("message")) ?? Of(error.Find("msg")) ?? Of(error.Find("error"));
        var detail = Of(error.Find("detail"));
        if (message is null)
            return detail ?? error.ToCompactText();

        return detail is null || detail == message ? message : $"{message}: {detail}";
    }

    /// <summary>Reads FastAPI's list of invalid fields: <c>[{"loc": ["body", "task"], "msg": "Field required"}]</c>.</summary>
    private static string OfProblems(JsonElement problems)
    {
        var sentences = problems.EnumerateArray().Take(MaxProblems).Select(OfProblem);
        var rest = problems.GetArrayLength() - MaxProblems;
        var text = string.Join("; ", sentences);
        return rest > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}; and {rest} more") : text;
    }

    private static string OfProblem(JsonElement problem)
    {
        if (problem.FindText("msg") is not { } message)
            return Of(problem) ?? problem.ToCompactText();

        if (problem.Find("loc") is not { ValueKind: JsonValueKind.Array } place)
            return message;

        return $"{string.Join('.', place.EnumerateArray().Select(part => part.ToString()))}: {message}";
    }
}
