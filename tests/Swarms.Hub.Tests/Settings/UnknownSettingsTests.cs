using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;
using Swarms.Hub.Storage;

namespace Swarms.Hub.Settings;

public sealed class UnknownSettingsTests
{
    private static readonly SettingsSection[] Sections =
        [new("Storage", typeof(StorageOptions)), new("Runs", typeof(RunOptions)), new("Rooms", typeof(RoomOptions))];

    [Theory]
    [InlineData("--Storge:Path", "There is no setting Storge:Path. Did you mean Storage:Path?")]
    [InlineData("--Runs:MaxParalel", "There is no setting Runs:MaxParalel. Did you mean Runs:MaxParallel?")]
    [InlineData("--run:maxparalel", "There is no setting run:maxparalel. Did you mean Runs:MaxParallel?")]
    [InlineData(
        "--Rooms:Patience",
        "There is no setting Rooms:Patience. Rooms has IdleTimeout, MaxTailBytes, MaxBehindEvents, MaxStoredBytes, Tick.")]
    [InlineData("--Runs:MaxParallel:0", "There is no setting Runs:MaxParallel:0. Did you mean Runs:MaxParallel?")]
    [InlineData("--url", "There is no setting url. README.md lists them. Did you mean urls?")]
    [InlineData("--Colour:Red", "There is no setting Colour. README.md lists them.")]
    public void Argument_That_Nothing_Reads_Is_Refused_With_The_Nearest_Name(string name, string sentence) =>
        Assert.Equal([sentence], Refusals([name, "1"]));

    [Fact]
    public void Section_With_A_Value_Is_Refused_With_Its_Settings() => Assert.StartsWith(
        "Storage is a section: its settings are Storage:Provider,",
        Assert.Single(Refusals(["--Storage", "x.db"])),
        StringComparison.Ordinal);

    [Fact]
    public void Variable_Or_File_With_A_Misspelt_Setting_Is_Refused_Like_An_Argument() =>
        Assert.Equal(
            [
                "There is no setting Runs:MaxParalel. Did you mean Runs:MaxParallel?",
                "There is no setting Storge:Path. Did you mean Storage:Path?",
            ],
            Refusals([], ("Runs:MaxParalel", "1"), ("Storge:Path", "x")));

    [Fact]
    public void Other_Programs_Variables_Are_None_Of_The_Hubs_Business() =>
        Assert.Empty(Refusals([], ("PATH", "/bin"), ("STORAGE", "x"), ("Git:Editor", "vi"), ("Logging:LogLevel:Default", "Debug")));

    [Fact]
    public void What_The_Hub_Or_The_Framework_Reads_Is_Taken() =>
        Assert.Empty(Refusals([
            "--urls", "http://localhost:1", "--contentRoot=/", "--environment", "Test", "--storage:path", "x",
            "--Logging:LogLevel:Default", "Debug", "--Kestrel:Limits:MaxConcurrentConnections", "1", "--SWARMS_API_KEY", "x"]));

    private static IEnumerable<string> Refusals(string[] arguments, params (string Name, string Value)[] others)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(others.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
            .AddCommandLine(arguments)
            .Build();
        try
        {
            UnknownSettings.RefuseAll(configuration, Sections);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }
}
