using System.CommandLine;
using Swarms.Hub.Client;

namespace Swarms.Hub.Cli;

/// <summary>The command line. Every command ends with 0, or says in one sentence why it does not and ends with another code.</summary>
internal static class HubCommands
{
    public const int Failed = 1;

    /// <summary>What shells expect after Ctrl+C.</summary>
    public const int Interrupted = 130;

    public static RootCommand Create(CommandContext context)
    {
        var options = new HubOptions(context);
        var root = new RootCommand("Watch and start runs of a Swarms.Hub.")
        {
            CreateCommand.Create(context, options),
            JoinCommand.Create(context, options),
            WatchCommand.Create(context, options),
            RunCommand.Create(context, options),
        };
        options.AddTo(root);
        return root;
    }

    /// <summary>Lets a command fail with a sentence instead of a stack trace.</summary>
    public static void SetAction(Command command, CommandContext context, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                return await action(arguments, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return Interrupted;
            }
            catch (HubClientException e)
            {
                context.Note($"{e.Message} ({e.Code})" + (e.RetryAfter is { } wait ? $" Try again in {wait.TotalSeconds:0} s." : ""));
                return Failed;
            }
            catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
            {
                context.Note(e.Message);
                return Failed;
            }
        });
}
