using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

/// <summary>The options of a run that goes on from another one, or takes messages of the room along.</summary>
internal sealed class ThreadOptions
{
    private readonly Option<string?> _continues = new("--continues")
    {
        Description = "Continue this run: its task and text, and those before it, go along.",
        HelpName = "RUN",
    };

    private readonly Option<long?> _since = new("--include-since")
    {
        Description = "Take the room's messages from this number on along.",
        HelpName = "N",
        CustomParser = argument => ArgumentParsers.MessageNumber(argument),
    };

    private readonly Option<long[]?> _include = new("--include")
    {
        Description = "Take these messages along: their numbers, with commas between them.",
        HelpName = "N,N",
        CustomParser = Numbers,
    };

    /// <summary>Adds the options; <c>retry</c> names its run as an argument.</summary>
    public void AddTo(Command command, bool withContinues)
    {
        if (withContinues)
            command.Options.Add(_continues);

        command.Options.Add(_since);
        command.Options.Add(_include);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_since) is not null && result.GetResult(_include) is not null)
                result.AddError("Give --include or --include-since, not both.");
        });
    }

    /// <summary>True where the command names a run to continue.</summary>
    public bool Continues(CommandResult result) => result.GetResult(_continues) is not null;

    public StartRunRequest Apply(StartRunRequest request, ParseResult arguments) => request with
    {
        Continues = arguments.CommandResult.GetResult(_continues) is null ? null : arguments.GetValue(_continues),
        Include = arguments.GetValue(_since) is { } since ? new MessageInclusion(since)
            : arguments.GetValue(_include) is { Length: > 0 } messages ? new MessageInclusion(Messages: messages)
            : null,
    };

    private static long[]? Numbers(ArgumentResult argument)
    {
        var numbers = new List<long>();
        foreach (var part in argument.Tokens[0].Value.Split(','))
        {
            if (!long.TryParse(part.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                argument.AddError($"'{part}' is no message's number.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
