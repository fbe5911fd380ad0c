using Spectre.Console;
using Swarms.Hub.Cli;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A console user with an own folder of settings and no environment but the given.</summary>
internal sealed class ConsoleUser : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-console-");

    public Dictionary<string, string> Environment { get; } = [];

    public string ConfigurationFolder => _folder.FullName;

    public string SettingsFolder => Path.Combine(ConfigurationFolder, "swarms-hub");

    /// <summary>Runs a command to its end.</summary>
    public Task<ConsoleResult> RunAsync(params string[] arguments) => RunAsync(arguments, CancellationToken.None);

    public async Task<ConsoleResult> RunAsync(string[] arguments, CancellationToken ctrlC, string input = "")
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), ctrlC, input);
        return new ConsoleResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command to its end and gives its exit code.</summary>
    public async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken ctrlC, string input = "")
    {
        using var interruption = new Interruption();
        await using var _ = ctrlC.Register(() => interruption.Request(ExitCodes.Interrupted));
        var context = new CommandContext(output, error)
        {
            In = () => new StringReader(input),
            Environment = name => Environment.GetValueOrDefault(name),
            Sessions = new SavedSessions(SettingsFolder) { Note = error.WriteLine },
            Interruption = interruption,
        };
        return await HubCommands.InvokeAsync(context, arguments).InTime();
    }

    /// <summary>A terminal of a size, and what was written on it.</summary>
    public static (IAnsiConsole Screen, WrittenText Written) CreateScreen(int width, int height)
    {
        var written = new WrittenText();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(written),
        });
        (screen.Profile.Width, screen.Profile.Height, screen.Profile.Capabilities.Unicode) = (width, height, true);
        return (screen, written);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
