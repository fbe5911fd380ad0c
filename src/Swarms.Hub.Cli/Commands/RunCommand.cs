using System.CommandLine;
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Cli;

internal static class RunCommand
{
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context, HubOptions options)
    {
        var task = new Argument<string>("task") { Description = "What is asked; - reads it from standard input." };
        var agent = new Option<string>("--agent") { Description = "The agent's name.", DefaultValueFactory = _ => "Agent" };
        var model = new Option<string?>("--model") { Description = "The model's name; the upstream's choice if left out." };
        var systemPrompt = new Option<string?>("--system-prompt") { Description = "What the agent is told about itself.", HelpName = "TEXT" };
        var detach = new Option<bool>("--detach") { Description = "Print the run's id and leave." };
        var cancelOnExit = new Option<bool>("--cancel-on-exit") { Description = "Ctrl+C cancels the run; otherwise it goes on." };
        var command = new Command("run", "Start a run and print its text while it grows.") { task, agent, model, systemPrompt, detach, cancelOnExit };
        options.AddRoomTo(command);
        HubCommands.SetAction(command, context, async (arguments, cancellationToken) =>
        {
            var (hub, room) = options.OpenRoom(arguments);
            using (hub)
            {
                var text = arguments.GetRequiredValue(task);
                var run = await room.StartRunAsync(
                    new AgentTask(text == "-" ? await context.In.ReadToEndAsync(cancellationToken) : text, arguments.GetRequiredValue(agent))
                    {
                        Model = arguments.GetValue(model),
                        SystemPrompt = arguments.GetValue(systemPrompt),
                    },
                    cancellationToken);
                if (arguments.GetValue(detach))
                {
                    context.Out.WriteLine(run.Id);
                    return 0;
                }

                context.Note($"run {run.Id}: {RunSummary.State(run)}");
                return await FollowAsync(context, room, run.Id, arguments.GetValue(cancelOnExit), cancellationToken);
            }
        });
        return command;
    }

    private static async Task<int> FollowAsync(
        CommandContext context, RoomClient room, string runId, bool cancelOnExit, CancellationToken cancellationToken)
    {
        try
        {
            var run = await new RunFollower(context, room, runId).FollowAsync(cancellationToken);
            if (context.Screen is not null)
                context.Out.WriteLine();

            context.Note(string.Join(" · ", new[] { RunSummary.State(run), RunSummary.Usage(run), Verdict(room, runId) }.OfType<string>()));
            return run.State == EventTypes.Done ? 0 : HubCommands.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await LeaveAsync(context, room, runId, cancelOnExit);
            return HubCommands.Interrupted;
        }
    }

    private static async Task LeaveAsync(CommandContext context, RoomClient room, string runId, bool cancelOnExit)
    {
        if (!cancelOnExit)
        {
            context.Note($"\nThe run goes on. 'swarms-hub watch' shows it.");
            return;
        }

        using var tooLate = new CancellationTokenSource(CancelTimeout, context.TimeProvider);
        try
        {
            var run = await room.CancelRunAsync(runId, tooLate.Token);
            context.Note($"\nrun {runId}: {RunSummary.State(run)}");
        }
        catch (OperationCanceledException)
        {
            context.Note($"\nThe hub did not answer in time: run {runId} may go on.");
        }
    }

    private static string? Verdict(RoomClient room, string runId) => room.IsVerified(runId) switch
    {
        true => "verified: this is the text that everybody saw",
        false => "NOT verified: the text differs from the digest that the hub states",
        null => null,
    };
}
