namespace Swarms.Hub.Client.Tests.Cli;

internal sealed record ConsoleResult(int Code, string Output, string Error)
{
    /// <summary>What stands behind a word at a line's beginning.</summary>
    public string Field(string name) => Output.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();
}
