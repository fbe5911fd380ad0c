using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Commands;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Explains a failed start that an operator can fix, in one sentence and with exit code 1. Any other exception is a bug and may show its
/// trace.
/// </summary>
internal static partial class StartupFailure
{
    public static int Print(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }

    /// <summary>True if the hub was told to stop before it was ready, and stopped.</summary>
    public static bool IsStopped(Exception exception, CancellationToken stopping) =>
        exception is OperationCanceledException or StorageUnusableException && stopping.IsCancellationRequested;

    /// <summary>Returns null if the operator cannot fix it.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StorageUnusableException or CommandRefusedException => exception.Message,
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) =>
            WrongConfiguration(several.InnerExceptions.SelectMany(e => ((OptionsValidationException)e).Failures)),
        OptionsValidationException invalid => WrongConfiguration(invalid.Failures),
        // The framework's own settings: "Failed to convert configuration value 'x' at 'Kestrel:Limit' to type …".
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } when WrongValue().Match(exception.Message)
            is { Success: true, Groups: var groups } => WrongConfiguration([$"{groups["name"]} does not take '{groups["value"]}'."]),
        IOException { InnerException: AddressInUseException } =>
            $"The hub cannot listen: {exception.Message} Stop the other program, "
            + "or choose another address with --urls http://localhost:5081",
        SocketException => $"The hub cannot listen at the addresses in urls: {exception.Message}.",
        FormatException { Source: "Microsoft.AspNetCore.Http" or "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            $"The hub cannot listen: {exception.Message.TrimEnd('.')}. An address looks like http://localhost:5080",
        _ => null,
    };

    [GeneratedRegex("'(?<value>[^']*)' at '(?<name>[^']+)'")]
    private static partial Regex WrongValue();

    private static string WrongConfiguration(IEnumerable<string> failures) => $"The configuration is wrong: {string.Join(" ", failures)}";
}
