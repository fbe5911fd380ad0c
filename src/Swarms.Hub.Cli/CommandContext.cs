using Spectre.Console;

namespace Swarms.Hub.Cli;

/// <summary>What a command finds around itself. Tests replace it; nothing else touches the process's console or environment.</summary>
internal sealed record CommandContext(TextWriter Out, TextWriter Error)
{
    /// <summary>The terminal behind <see cref="Out"/>; null where that is a file or a pipe.</summary>
    public IAnsiConsole? Screen { get; init; }

    public TextReader In { get; init; } = TextReader.Null;

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public SavedSessions Sessions { get; init; } = new(SavedSessions.DefaultFolder);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Says something about the text on <see cref="Out"/> without being part of it.</summary>
    public void Note(string text) => Error.WriteLine(PrintableText.Of(text));
}
