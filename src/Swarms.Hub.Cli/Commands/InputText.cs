namespace Swarms.Hub.Cli;

/// <summary>Text from a file, or from standard input by the name <c>-</c>.</summary>
internal static class InputText
{
    public static async Task<string> ReadAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        try
        {
            // A read from a terminal ignores its token.
            return file == "-"
                ? await context.In().ReadToEndAsync(cancellationToken).WaitAsync(cancellationToken)
                : await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{NameOf(file)} cannot be read: {(Directory.Exists(file) ? "it is a folder." : e.Message)}");
        }
    }

    public static string NameOf(string file) => file == "-" ? "Standard input" : $"'{file}'";
}
