using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using static Swarms.Hub.Client.Tests.Frames;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>The request that <c>run</c> sends, and its sources.</summary>
public sealed class RunRequestOptionsTests : IAsyncLifetime
{
    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    private string File => Path.Combine(_user.ConfigurationFolder, "file");

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Answer("POST /api/rooms/room1/runs", new RunStarted { Run = DoneRun("") with { State = RunStates.Queued } }, 202);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Task_Is_Read_From_A_File()
    {
        await System.IO.File.WriteAllTextAsync(File, "Explain\nleaves", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("--task-file", File, "--model", "m")).Code);
        Assert.Contains(
            """{"agent_config":{"agent_name":"Agent","model_name":"m"},"task":"Explain\nleaves"}""",
            _hub.Calls.Single().Body,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("swarm")]
    public async Task Request_Of_The_Swarms_Api_Is_Sent_As_It_Is(string kind)
    {
        await System.IO.File.WriteAllTextAsync(File, """{"task":"x", "rounds": 1.50}""", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("--request", File, "--kind", kind)).Code);
        Assert.Contains($"\"kind\":\"{kind}\"", _hub.Calls.Single().Body, StringComparison.Ordinal);
        Assert.Contains("1.50", _hub.Calls.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Is_Read_From_Standard_Input()
    {
        const string Input = """{"task":"From standard input"}""";

        Assert.Equal(0, (await _user.RunAsync(Arguments("--request", "-"), CancellationToken.None, Input)).Code);
        Assert.Contains("From standard input", _hub.Calls.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--task-file")]
    [InlineData("--request")]
    public async Task File_That_Is_Not_There_Is_Told(string option) =>
        await IsRefusedAsync($"'{File}' cannot be read: Could not find file '{File}'.\n", option, File);

    [Theory]
    [InlineData("--task-file")]
    [InlineData("--request")]
    public async Task Folder_Is_No_File(string option) =>
        await IsRefusedAsync($"'{_user.ConfigurationFolder}' cannot be read: it is a folder.\n", option, _user.ConfigurationFolder);

    [Theory]
    [InlineData("--task-file")]
    [InlineData("--request")]
    public async Task Empty_Path_Is_No_File(string option)
    {
        var result = await RunAsync(option, "");

        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.StartsWith("'' cannot be read: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(_hub.Calls);
    }

    [Fact]
    public async Task File_That_This_User_Must_Not_Read_Is_Told()
    {
        var launcher = Unprivileged.FindLauncher(ConsoleProcess.Program);
        Assert.SkipWhen(launcher is null, "There is no user here whom permissions bind.");
        await System.IO.File.WriteAllTextAsync(File, "secret", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(_user.ConfigurationFolder, (UnixFileMode)0b111_101_101);
            System.IO.File.SetUnixFileMode(File, UnixFileMode.None);
        }

        await using var console = new ConsoleProcess(_user, launcher!, Arguments("--task-file", File));
        var result = await console.EndAsync();

        Assert.Equal((ExitCodes.Failed, $"'{File}' cannot be read: Access to the path '{File}' is denied.\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Standard_Input_That_Cannot_Be_Read_Is_Told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A folder is no file there.");
        await using var console = new ConsoleProcess(_user, ["sh", "-c", "exec \"$@\" < /", "sh"], Arguments("-"));
        var result = await console.EndAsync();

        Assert.Equal((ExitCodes.Failed, "Standard input cannot be read: Is a directory\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Request_That_Is_Not_Json_Is_Told()
    {
        await System.IO.File.WriteAllTextAsync(File, "{", TestContext.Current.CancellationToken);
        var result = await RunAsync("--request", File);

        Assert.Equal(ExitCodes.Failed, result.Code);
        Assert.StartsWith($"'{File}' is not JSON: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(_hub.Calls);
    }

    private async Task IsRefusedAsync(string error, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal((ExitCodes.Failed, "", error), (result.Code, result.Output, result.Error));
        Assert.Empty(_hub.Calls);
    }

    private Task<ConsoleResult> RunAsync(params string[] arguments) => _user.RunAsync(Arguments(arguments));

    private string[] Arguments(params string[] arguments) =>
        ["run", .. arguments, "--detach", "--hub", _hub.Address.GetLeftPart(UriPartial.Authority), "--room", "room1", "--token", "t"];
}
