namespace Swarms.Hub.Client.Tests.Cli;

internal sealed record ConsoleResult(int Code, string Output, string Error)
{
    /// <summary>The rest of the line that begins with that word.</summary>
    public string Field(string name)
    {
        var line = Output.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line[name.Length..].Trim();
    }
}
