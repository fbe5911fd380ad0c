using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Swarms.Hub.Architecture;

/// <summary>The requests of <c>requests.http</c>, with variables replaced as editors do it.</summary>
internal sealed partial class RequestsFile
{
    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, JsonElement> _answers = [];

    private RequestsFile(string text)
    {
        var blocks = text.Split("\n###");
        foreach (Match variable in Variable().Matches(blocks[0]))
            _variables.Add(variable.Groups["name"].Value, variable.Groups["value"].Value);

        Requests = [.. blocks.Skip(1).Select(Block.Parse)];
    }

    public IReadOnlyList<Block> Requests { get; }

    public static RequestsFile Read() => new(Repository.Read("requests.http"));

    /// <summary>Makes the requests go to this hub instead of the one in the file.</summary>
    public void Address(Uri hub) => _variables["hub"] = hub.ToString().TrimEnd('/');

    public HttpRequestMessage Resolve(Block block)
    {
        var request = new HttpRequestMessage(new HttpMethod(block.Method), Resolve(block.Url));
        if (block.Body.Length > 0)
            request.Content = new StringContent(Resolve(block.Body), Encoding.UTF8, "application/json");

        foreach (var (name, value) in block.Headers.Where(header => header.Name != "Content-Type"))
            request.Headers.Add(name, Resolve(value));

        return request;
    }

    public void Remember(Block block, string answer)
    {
        if (block.Name is not null)
            _answers[block.Name] = JsonElement.Parse(answer);
    }

    private string Resolve(string text) => Reference().Replace(text, reference => Find(reference.Groups[1].Value));

    private string Find(string name)
    {
        if (_variables.TryGetValue(name, out var value))
            return Resolve(value);

        if (name.Split(".response.body.$.") is not [var request, var path])
            throw new FormatException($"{name} is no variable.");

        // Only the first items of a list are used.
        var found = path.Split('.').Aggregate(_answers[request], (element, field) => field is [.., '[', var index, ']']
            ? element.GetProperty(field[..^3])[index - '0']
            : element.GetProperty(field));
        return found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
    }

    [GeneratedRegex("^@(?<name>[a-z]+) = (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Reference();

    /// <summary>One request, with its variables.</summary>
    internal sealed record Block(
        string Title, string? Name, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, string Body)
    {
        public bool IsFeed => Headers.Any(header => header.Value == "text/event-stream");

        public static Block Parse(string text)
        {
            var parts = text.Split("\n\n", 2);
            var lines = parts[0].Split('\n').Select(line => line.Trim()).ToList();
            var name = lines.Find(line => line.StartsWith("# @name ", StringComparison.Ordinal))?["# @name ".Length..];
            var head = lines.Skip(1).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
            var request = head[0].Split(' ', 2);
            var headers = head.Skip(1).Select(line => line.Split(": ", 2)).Select(header => (header[0], header[1]));
            return new Block(lines[0], name, request[0], request[1], [.. headers], parts.Length > 1 ? parts[1].Trim() : "");
        }
    }
}
