using Spectre.Console;

namespace Swarms.Hub.Cli;

/// <summary>A command's surroundings. Tests replace them; nothing else touches the process's console or environment.</summary>
internal sealed record CommandContext(TextWriter Out, TextWriter Error)
{
    /// <summary>People read <see cref="Out"/> as it is written, and its control characters would act.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>The terminal behind <see cref="Out"/>; null for a file, a pipe, or a terminal that cannot be drawn on.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>Opened by the commands that read it: opening it changes a terminal's settings.</summary>
    public Func<TextReader> In { get; init; } = () => TextReader.Null;

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public SavedSessions Sessions { get; init; } = new(SavedSessions.DefaultFolder);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public Interruption Interruption { get; init; } = new();

    /// <summary>Says something about the text on <see cref="Out"/> without being part of it.</summary>
    public void Note(string text)
    {
        // A note may begin on a line of its own, below what was printed.
        if (text.StartsWith('\n'))
            Error.WriteLine();

        Error.WriteLine(PrintableText.Indented(text.TrimStart('\n')));
    }

    /// <summary>As <see cref="Note"/>, on the way out, where the terminal may be gone.</summary>
    public void LastNote(string text)
    {
        try
        {
            Note(text);
        }
        catch (Exception)
        {
            // Nobody is left to be told, for whatever reason.
        }
    }
}
