using System.Globalization;
using System.Threading.Channels;
using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Rooms.Agents;

/// <summary>
/// Lets agents answer messages that mention them, each by an ordinary run of the message's author. A message is looked at when the log
/// publishes it, and never again: not after a restart, and not when the room is reloaded. So a message starts a run at most once. One loop
/// starts the runs in the order of the messages; the writer's loop only hands them over. Next: <see cref="IRunDirectory"/>.
/// </summary>
internal sealed partial class AgentMentions(
    IRoomDirectory rooms, IRunDirectory runs, IAccessStore access, MentionRate rate, ILogger<AgentMentions> logger)
    : BackgroundService, IStartStep, IRoomFollower
{
    // What is beyond is over the rate of all rooms together; a message more would only wait.
    private const int MaxWaiting = 1_000;

    private readonly Channel<Mention> _mentions = Channel.CreateBounded<Mention>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public Task RunAsync(CancellationToken cancellationToken)
    {
        rooms.Follow(this);
        return Task.CompletedTask;
    }

    void IRoomFollower.Published(RoomLog log, RoomEvent roomEvent)
    {
        if (roomEvent is not { Type: EventTypes.Message, By: { } by })
            return;

        var text = MessagePayload.Read(roomEvent.Data).Text;
        if (!text.Contains('@', StringComparison.Ordinal))
            return;

        var (author, agents) = log.Query(state => (
            state.FindMember(by),
            state.Agents.Where(agent => agent.AnswersMentions && Mentions.Names(text, agent)).Select(agent => agent.Id).ToList()));
        if (author is null || agents.Count == 0 || !RoleRank.IsAtLeast(author.Role, MemberRoles.Participant))
            return;

        _mentions.Writer.TryWrite(new Mention(log.Id, author, roomEvent.Sequence, text, agents));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mention in _mentions.Reader.ReadAllAsync(stoppingToken))
                await AnswerAsync(mention, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A mention that was not answered yet is not answered any more.
        }
    }

    private async Task AnswerAsync(Mention mention, CancellationToken cancellationToken)
    {
        foreach (var agent in mention.Agents)
            await AnswerAsync(mention, agent, cancellationToken);
    }

    private async Task AnswerAsync(Mention mention, string agent, CancellationToken cancellationToken)
    {
        var (room, author, message) = (mention.Room, mention.Author, mention.Message);
        try
        {
            // A program that speaks for an agent must not start another, or two of them would talk for ever.
            var programs = await access.ListProgramsAsync(room, cancellationToken);
            if (programs.Any(program => program.Id == author.Id) || !rate.TryTake(room))
                return;

            var caller = new RoomCaller(room, author, new CallerIdentity(CallerKind.Token, [], []));
            var key = string.Create(CultureInfo.InvariantCulture, $"mention-{message}-{agent}");
            await runs.StartAsync(caller, new AgentStart(agent, mention.Text, key) { Message = message }, cancellationToken);
        }
        catch (HubErrorException e)
        {
            // Nobody waits for the answer: the author has left, the queue is full, or the agent is gone.
            Log.NotStarted(logger, room, message, e.Code);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(logger, room, message, e);
        }
    }

    private sealed record Mention(string Room, Member Author, long Message, string Text, IReadOnlyList<string> Agents);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The mention in message {Message} of room {Room} started no run: {Code}.")]
        public static partial void NotStarted(ILogger logger, string room, long message, string code);

        [LoggerMessage(2, LogLevel.Error, "The mention in message {Message} of room {Room} started no run.")]
        public static partial void Failed(ILogger logger, string room, long message, Exception exception);
    }
}
