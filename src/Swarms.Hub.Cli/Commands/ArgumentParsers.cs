using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Swarms.Hub.Cli;

/// <summary>Arguments that are no plain text. A refusal says what was given, and what it should be, in words rather than types.</summary>
internal static class ArgumentParsers
{
    public static int? Count(ArgumentResult argument) => Parse<int>(argument, argument.Tokens[0].Value, "is no whole number");

    public static Argument<long> Message() => new("message")
    {
        Description = "The message's number, from 'say' or 'watch'.",
        CustomParser = MessageNumber,
    };

    /// <summary>As <c>watch</c> prints it, with or without its <c>#</c>.</summary>
    public static long MessageNumber(ArgumentResult argument) =>
        Parse<long>(argument, argument.Tokens[0].Value.TrimStart('#'), "is no message's number") ?? 0;

    /// <summary>A number with its unit, in seconds.</summary>
    public static long? Seconds(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        return Parse<int>(argument, unit == 0 ? "" : text[..^1], "is no time such as 90s, 30m, 12h or 7d") * (long)unit;
    }

    private static T? Parse<T>(ArgumentResult argument, string text, string complaint)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        argument.AddError($"'{argument.Tokens[0].Value}' {complaint}.");
        return null;
    }
}
