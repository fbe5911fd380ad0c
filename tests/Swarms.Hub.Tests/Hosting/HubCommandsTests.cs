using Swarms.Hub.Storage.Commands;

namespace Swarms.Hub.Hosting;

/// <summary>Arguments that are a command, or were meant to be one.</summary>
public sealed class HubCommandsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bakcup", "backup.db")]
    [InlineData("backup")]
    [InlineData("backup", "backup.db", "--revoke")]
    [InlineData("restore", "--revok", "backup.db")]
    [InlineData("verify", "hub.db", "backup.db")]
    [InlineData("verify", "--cursor")]
    [InlineData("run")]
    public async Task Misspelt_Command_Fails_Without_Starting_A_Hub_Or_Making_A_File(params string[] arguments)
    {
        var start = await _folder.RunAsync(arguments);

        start.Ended(1);
        Assert.NotEmpty(start.Errors);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("backup", "--help")]
    [InlineData("backup", "-h")]
    [InlineData("--revoke", "restore", "--help")]
    [InlineData("backup", "--Storage:Path=hub.db", "--help")]
    [InlineData("--cursor", "verify", "--help")]
    [InlineData("ROOM", "invite", "--help")]
    [InlineData("backup", "--urls", "http://127.0.0.1:0", "--help")]
    [InlineData("backup", "--Runs:MaxParallel=2", "-h")]
    [InlineData("backup", "--urls", "--help")]
    [InlineData("backup", "--no-such-thing", "x", "--help")]
    public async Task Help_Is_Printed_And_No_Hub_Started(string says, params string[] arguments)
    {
        var start = await _folder.RunAsync(arguments);

        start.Ended(0);
        Assert.Contains(says, start.Output, StringComparison.Ordinal);
        Assert.Empty(start.Errors);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Help_Names_Every_Command()
    {
        var start = await _folder.RunAsync("--help");

        start.Ended(0);
        Assert.All(
            ["backup", "restore", "verify", "invite", "--Storage:Path"],
            word => Assert.Contains(word, start.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--urls", "http://127.0.0.1:0", "--version")]
    public async Task Version_Is_Printed_And_No_Hub_Started(params string[] arguments)
    {
        var start = await _folder.RunAsync(arguments);

        start.Printed(@"\d+\.\d+\.\d+.*");
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Misspelt_Setting_Of_A_Command_Is_Refused() =>
        (await HubStart.TryAsync(Path.GetDirectoryName(_folder.Database)!, "verify", "--Storge:Path", _folder.Database))
            .IsRefusedWith("There is no setting Storge:Path. Did you mean Storage:Path?");

    [Theory]
    [InlineData("--Storage:Path", "hub.db", "verify", "verify-me.db")]
    [InlineData("verify", "--Storage:Path=hub.db", "verify-me.db")]
    [InlineData("verify", "verify-me.db", "--Storage:Path=hub.db")]
    public async Task Settings_May_Stand_Before_The_Command_And_Behind_It(params string[] arguments)
    {
        await _folder.FillAsync();
        File.Move(_folder.Database, _folder.At("verify-me.db"));

        (await HubStart.TryAsync(Path.GetDirectoryName(_folder.Database)!, arguments)).Printed(@"Every link fits; rooms: 1, events: \d+\.");

        Assert.Equal(["verify-me.db"], _folder.Files);
    }

    [Fact]
    public async Task Setting_That_Is_Wrong_Is_Refused() =>
        (await HubStart.TryAsync(Path.GetDirectoryName(_folder.Database)!, "verify", "--Storage:Path="))
            .IsRefusedWith("The configuration is wrong", "Path");
}
