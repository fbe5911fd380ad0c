using System.CommandLine;
using Spectre.Console;
using Swarms.Hub.Cli;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A console user with an own folder of settings and no environment but the given.</summary>
internal sealed class ConsoleUser : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("swarms-hub-console-");

    public Dictionary<string, string> Environment { get; } = [];

    public string SettingsFolder => Path.Combine(_folder.FullName, "settings");

    /// <summary>Runs a command to its end.</summary>
    public Task<ConsoleResult> RunAsync(params string[] arguments) => RunAsync(arguments, CancellationToken.None);

    public async Task<ConsoleResult> RunAsync(string[] arguments, CancellationToken ctrlC, string input = "")
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var context = new CommandContext(TextWriter.Synchronized(output), TextWriter.Synchronized(error))
        {
            In = new StringReader(input),
            Environment = name => Environment.GetValueOrDefault(name),
            Sessions = new SavedSessions(SettingsFolder),
        };
        var configuration = new InvocationConfiguration { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var code = await HubCommands.Create(context).Parse(arguments).InvokeAsync(configuration, ctrlC).InTime();
        return new ConsoleResult(code, output.ToString(), error.ToString());
    }

    /// <summary>A terminal of a size, and what was written on it.</summary>
    public static (IAnsiConsole Screen, StringWriter Written) CreateScreen(int width, int height)
    {
        var written = new StringWriter();
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
