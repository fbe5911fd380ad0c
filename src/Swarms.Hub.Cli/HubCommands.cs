using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Swarms.Hub.Cli;

/// <summary>
/// The command line. Every command ends with 0, or says in one sentence why it does not and ends with one of <see cref="ExitCodes"/>.
/// </summary>
internal static class HubCommands
{
    // A task may begin with @, which would otherwise name a file of more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command to its end and gives the exit code. Throws nothing.</summary>
    public static async Task<int> InvokeAsync(CommandContext context, IReadOnlyList<string> arguments)
    {
        try
        {
            var parsed = Create(context).Parse(arguments, Parsing);
            if (parsed.Action is ParseErrorAction)
                return Refuse(context, parsed);

            return await parsed.InvokeAsync(Configuration(context.Out, context.Error), context.Interruption.Token);
        }
        catch (IOException e) when (FailureSentence.IsOutputClosed(e))
        {
            return ExitCodes.OutputClosed;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.Interruption.IsRequested)
        {
            return context.Interruption.Code;
        }
        catch (Exception e)
        {
            context.LastNote(FailureSentence.Of(e));
            if (context.Environment("SWARMS_HUB_TRACE") is { Length: > 0 })
                context.LastNote(e.ToString());

            return ExitCodes.Failed;
        }
    }

    private static RootCommand Create(CommandContext context)
    {
        var options = new HubOptions(context);
        var root = new RootCommand("Watch and start runs of a Swarms.Hub, and talk in its rooms.")
        {
            CreateCommand.Create(context, options),
            JoinCommand.Create(context, options),
            LookCommand.Create(context, options),
            RoomsCommand.Create(context),
            WatchCommand.Create(context, options),
            RunCommand.Create(context, options),
            StartCommand.Create(context, options),
            RetryCommand.Create(context, options),
            ThreadCommand.Create(context, options),
            FollowCommand.Create(context, options),
            CancelCommand.Create(context, options),
            RunsCommand.Create(context, options),
            SearchCommand.Create(context, options),
            ModerateRunCommand.CreateHide(options),
            ModerateRunCommand.CreateShow(options),
            ModerateRunCommand.CreateRemove(options),
            TranscriptCommand.Create(context, options),
            EventsCommand.Create(context, options),
            SayCommand.Create(context, options),
            EditCommand.Create(context, options),
            RemoveCommand.Create(options),
            ReactCommand.Create(options),
            UnreactCommand.Create(options),
            HandCommand.Create(options),
            ModelsCommand.Create(context, options),
            AgentsCommand.Create(context, options),
            AgentCommand.Create(context, options),
            MembersCommand.Create(context, options),
            ChangeMemberCommand.Create(context, options),
            HandOverCommand.Create(context, options),
            AttendanceCommand.Create(context, options),
            RemoveMemberCommand.Create(context, options),
            BansCommand.Create(context, options),
            InviteCommand.Create(context, options),
            InvitesCommand.Create(context, options),
            RevokeInviteCommand.Create(options),
            ProgramCommand.Create(context, options),
            ProgramsCommand.Create(context, options),
            RenewTokenCommand.Create(context, options),
            EmbedCommand.Create(context, options),
            EmbedsCommand.Create(context, options),
            RevokeEmbedCommand.Create(options),
            FollowEmbedCommand.Create(context, options),
            ReturnLinkCommand.Create(context, options),
            ReturnCommand.Create(context, options),
            RaceCommand.Create(context, options),
            VoteCommand.Create(options),
            VoteCommand.CreateTakeBack(options),
            RevealCommand.Create(context, options),
            ProposalsCommand.Create(context, options),
            SupportCommand.Create(options),
            ApproveCommand.Create(context, options),
            DeclineCommand.Create(context, options),
            PlaceCommand.Create(options),
            LaneCommand.Create(context, options),
            MaskCommand.Create(context, options),
            ReleaseCommand.Create(options),
            RenameCommand.Create(options),
            SettingsCommand.Create(context, options),
            SpendingCommand.Create(context, options),
            LeaveCommand.Create(context, options),
            DeleteCommand.Create(context, options),
            ServerCommand.Create(context, options),
            OverviewCommand.Create(context, options),
        };
        options.AddTo(root);
        return root;
    }

    private static int Refuse(CommandContext context, ParseResult parsed)
    {
        if (parsed.Tokens.Count == 0)
        {
            Create(context).Parse(["--help"]).Invoke(Configuration(context.Error, context.Error));
            return ExitCodes.Failed;
        }

        var command = NameOf(parsed.CommandResult);
        // A word that is no command is the cause of every other error.
        var words = parsed.UnmatchedTokens.Select(word => $"'{word}'").ToList();
        var error = parsed.Errors.FirstOrDefault(error => words.Any(word => error.Message.Contains(word, StringComparison.Ordinal)))
            ?? parsed.Errors[0];
        var sentence = PrintableText.OfLine(error.Message).Replace("  ", " ", StringComparison.Ordinal).TrimEnd('.');
        context.Note($"{sentence}. See '{command} --help'.");
        return ExitCodes.Failed;
    }

    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : "swarms-hub";

    private static InvocationConfiguration Configuration(TextWriter output, TextWriter error) =>
        new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
}
