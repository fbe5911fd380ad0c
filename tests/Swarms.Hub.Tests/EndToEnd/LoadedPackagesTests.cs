using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

public sealed class LoadedPackagesTests
{
    [Fact]
    public async Task Hub_That_Calls_No_Chat_Upstream_Loads_None_Of_Their_Packages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists the files of a process.");
        await using var hub = await HubProcess.StartNewAsync();

        var loaded = await File.ReadAllTextAsync($"/proc/{hub.ProcessId}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("Swarms.Hub.dll", loaded, StringComparison.Ordinal);
        Assert.All(
            (string[])["OpenAI.dll", "Anthropic.dll", "OllamaSharp.dll", "Microsoft.Extensions.AI.dll"],
            package => Assert.DoesNotContain(package, loaded, StringComparison.Ordinal));
    }
}
