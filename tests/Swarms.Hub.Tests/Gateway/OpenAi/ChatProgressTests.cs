using System.Text.Json;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway.OpenAi;

public sealed class ChatProgressTests
{
    private static readonly Run Answered = new()
    {
        Id = "r1",
        Kind = RunKinds.Agent,
        Agent = new RunAgent("Writer", null),
        Task = "Look",
        State = EventTypes.Done,
        QueuedAt = DateTimeOffset.UnixEpoch,
        Text = "Look: ",
        FinishReason = "tool_calls",
        ToolCalls = [new RunToolCall("c1", "clock", "{}", null), new RunToolCall(null, "weather", """{"city":"Bern"}""", null)],
    };

    [Fact]
    public void Run_As_It_Stands_Tells_Its_Text_Its_Calls_And_Why_It_Ended()
    {
        var progress = new ChatProgress();

        var deltas = progress.Take(new RunPiece(Answered, null));

        Assert.Equal(
            [
                new ChatDelta(Content: "Look: "),
                new ChatDelta(Call: new ChatToolCall(0, "c1", "clock", "{}")),
                new ChatDelta(Call: new ChatToolCall(1, "call_1", "weather", """{"city":"Bern"}""")),
            ],
            deltas);
        Assert.Equal(("tool_calls", EventTypes.Done, null), (progress.FinishReason, progress.Ending, progress.Failure));
    }

    [Fact]
    public void Calls_That_Were_Told_By_Events_Are_Not_Told_Again()
    {
        var progress = new ChatProgress();
        progress.Take(Event(EventTypes.ToolCall, new { id = "c1", name = "clock", arguments = "{}" }));

        var deltas = progress.Take(new RunPiece(Answered, null));

        Assert.Equal(["call_1"], deltas.Select(delta => delta.Call?.Id).OfType<string>());
    }

    [Fact]
    public void Reason_Of_The_Run_Is_Told_In_OpenAis_Words()
    {
        var progress = new ChatProgress();

        progress.Take(new RunPiece(Answered with { FinishReason = "length", ToolCalls = null }, null));

        Assert.Equal("length", progress.FinishReason);
    }

    [Fact]
    public void Arguments_That_The_State_Has_Cut_Are_Not_Told_As_Whole()
    {
        var call = new RunToolCall("c1", "clock", new string('x', RunToolCall.MaxArgumentsLength), null);

        var error = Assert.Throws<HubErrorException>(
            () => new ChatProgress().Take(new RunPiece(Answered with { ToolCalls = [call] }, null)));

        Assert.Equal(ErrorCodes.TooLarge, error.Code);
    }

    private static RunPiece Event<T>(string type, T data) => new(
        null,
        new RoomEvent
        {
            Sequence = 5,
            At = DateTimeOffset.UnixEpoch,
            Type = type,
            Run = "r1",
            Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
        });
}
