using System.Diagnostics;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

public sealed class RequestsDemoTests(StartedHub started) : DemoSpecification(started)
{
    private const string Python = "/usr/bin/python3";

    private readonly StartedHub _started = started;

    internal override Demo Start(Dictionary<string, string> settings) => Start("with_requests.py", settings);

    [Fact]
    public async Task Demo_Saves_The_Transcript_Of_Its_Room()
    {
        var file = Path.GetTempFileName();
        await using var demo = Start("with_requests.py", HubAlone(), "Write a story", file);

        var (printed, exitCode, _) = await demo.EndsAsync();

        var transcript = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.Equal(0, exitCode);
        Assert.Contains(printed.TrimEnd().Split('\n')[^1], transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_Prints_The_Text_Of_The_Run_That_The_Room_Sees()
    {
        var room = await _started.Hub.CreateRoomAsync();
        await using var demo = Start("chat.py", new(HubAlone()) { ["SWARMS_HUB_TOKEN"] = room.Token! }, "Write a story");

        var (printed, exitCode, lastWord) = await demo.EndsAsync();

        Assert.Equal((await TextOfAsync(_started.Hub, room), 0), (printed, exitCode));
        Assert.EndsWith(" tokens", lastWord, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_Without_A_Token_Says_What_Is_Missing()
    {
        await using var demo = Start("chat.py", HubAlone(), "Write a story");

        var (printed, exitCode, lastWord) = await demo.EndsAsync();

        Assert.Equal(("", 1), (printed, exitCode));
        Assert.Contains("token", lastWord, StringComparison.Ordinal);
    }

    private static Demo Start(string program, Dictionary<string, string> settings, params string[] arguments)
    {
        Demo.SkipUnless(HasRequests(), "There is no /usr/bin/python3 with requests: install python3 and python3-requests.");
        return new(Python, [Path.Combine(Demo.Folder, "python", program), .. arguments], settings);
    }

    private static bool HasRequests()
    {
        if (!File.Exists(Python))
            return false;

        using var trial = Process.Start(new ProcessStartInfo(Python, ["-c", "import requests"]) { RedirectStandardError = true })!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    private Dictionary<string, string> HubAlone() => new() { ["SWARMS_HUB_URL"] = _started.Hub.Address.ToString() };
}
