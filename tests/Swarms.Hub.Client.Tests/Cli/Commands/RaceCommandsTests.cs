using System.Text.RegularExpressions;
using Swarms.Hub.Client.Tests.EndToEnd;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A race from its start to its results, against the hub itself.</summary>
public sealed partial class RaceCommandsTests(StartedHub started) : IClassFixture<StartedHub>, IDisposable
{
    private readonly ConsoleUser _ada = new();

    public void Dispose() => _ada.Dispose();

    [Fact]
    public async Task Blind_Race_Has_Numbers_Until_A_Host_Reveals_It()
    {
        await DoneAsync("create", "Story night", "--name", "Ada", "--hub", started.Hub.Address.ToString());
        foreach (var name in (string[])["Writer", "Poet"])
            await DoneAsync("agent", "set", name.ToLowerInvariant(), "--name", name, "--model", $"model-{name}", "--max-tokens", "4");

        var race = await DoneAsync("race", "--agents", "writer,poet", "--blind", "A haiku");

        var group = Race().Match(race.Error).Groups[1].Value;
        var runs = Line().Matches(race.Output);
        Assert.Equal(["agent 1", "agent 2"], runs.Select(run => run.Groups[2].Value));
        Assert.DoesNotContain("Writer", race.Output + race.Error, StringComparison.Ordinal);
        await DoneAsync("vote", runs[1].Groups[1].Value);
        await DoneAsync("unvote", group);
        await DoneAsync("vote", runs[1].Groups[1].Value);

        var revealed = (await DoneAsync("reveal", group)).Output;

        Assert.Matches($"^{runs[1].Groups[1].Value}  1 vote  (Writer|Poet) ", revealed);
        Assert.Contains("Writer (model-Writer)", revealed, StringComparison.Ordinal);
        Assert.Contains("Poet (model-Poet)", revealed, StringComparison.Ordinal);
        Assert.Contains("(conflict)", (await _ada.RunAsync("vote", runs[0].Groups[1].Value)).Error, StringComparison.Ordinal);
        Assert.Contains("(invalid)", (await _ada.RunAsync("race", "--agents", "writer", "Alone")).Error, StringComparison.Ordinal);
        var alone = (await DoneAsync("start", "--agent", "writer", "A haiku", "--detach")).Output.Trim();
        Assert.Equal($"The run {alone} is in no race.\n", (await _ada.RunAsync("vote", alone)).Error);
    }

    private async Task<ConsoleResult> DoneAsync(params string[] arguments)
    {
        var result = await _ada.RunAsync(arguments);
        Assert.True(result.Code == 0, result.Error);
        return result;
    }

    [GeneratedRegex("^race (\\S+)", RegexOptions.Multiline)]
    private static partial Regex Race();

    [GeneratedRegex("^(\\S{26})  (agent \\d)  ", RegexOptions.Multiline)]
    private static partial Regex Line();
}
