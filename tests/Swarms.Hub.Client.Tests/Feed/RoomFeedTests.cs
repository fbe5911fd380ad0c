using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Swarms.Hub.Client.Tests.Cases;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests;

/// <summary>
/// Every conversation of tests/protocol-cases/feed, over a real SignalR connection to a hub that says what the case says.
/// </summary>
public sealed class RoomFeedTests : RoomClientTestBase
{
    private const string Question = "GET /api/rooms/room1/runs";

    private CuttableNetwork? _network;
    private FakeViewer? _viewer;

    public static TheoryData<string> Cases => [.. FeedCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Conversation_Goes_As_It_Says(string name)
    {
        var example = FeedCase.Load(name);
        Assert.Equal(name, example.Name);
        Options.MaxBufferedEvents = example.MaxBufferedEvents ?? Options.MaxBufferedEvents;
        await using var network = _network = new CuttableNetwork(Hub.Address);
        if (example.Steps.Any(step => step.Key == "silences"))
            Options.ServerTimeout = TimeSpan.FromSeconds(1);

        await using var client = new HubClient(network.Address, Options);
        var room = client.OpenRoom("room1", "token1");
        await using var program = new CaseProgram(room, example.Waits);
        foreach (var (step, value) in example.Steps)
            await TakeAsync(step, value!, room, program);

        Assert.False(program.HasMore);
        Assert.False(Hub.HasAnotherViewer);
        if (example.State is { } state)
            AssertState(state, room.State!);
    }

    private Task TakeAsync(string step, JsonNode value, RoomClient room, CaseProgram program) => step switch
    {
        "watched" => IsWatchedAsync(value?.GetValue<string>()),
        "handed" => IsHandedAsync(value.AsArray(), program),
        "queued" => QueuedAsync(room, value.GetValue<string>()),
        "shows" => ShowsAsync(room, value.GetValue<string>()),
        "left" => _viewer!.Ended,
        "ends" => EndsAsync(value, program),
        "announces" => Hub.AnnounceAsync(value["room"]!.GetValue<string>(), ToPresence(value)),
        "tells" => Hub.TellAsync(value["room"]!.GetValue<string>(), value.Deserialize<RoomWatching>(ProtocolJson.Options)!),
        "drains" => Hub.DrainAsync(value.GetValue<int>()),
        "closes" => _viewer!.CloseAsync(value["code"]!.GetValue<int>(), value["reason"]!.GetValue<string>()),
        _ => Do(() => DoStep(step, value, room, program)),
    };

    private static RoomPresence ToPresence(JsonNode value) => new()
    {
        Viewers = value["viewers"]!.GetValue<int>(),
        Members = [.. (value["members"]?.AsObject() ?? []).Select(member => new MemberPresence(member.Key, member.Value!.GetValue<int>()))],
        Left = value["left"]?.AsArray().Select(id => id!.GetValue<string>()).ToList(),
    };

    private void DoStep(string step, JsonNode value, RoomClient room, CaseProgram program)
    {
        switch (step, step == "program" ? value.GetValue<string>() : null)
        {
            case ("sends", _):
                _viewer!.Send(value.AsArray().Select(frame => (object)frame!));
                break;
            case ("completes", _):
                _viewer!.Complete();
                break;
            case ("refuses", _):
                _viewer!.Fail($"{value["code"]}: {value["message"]}");
                break;
            case ("cuts", _):
                _viewer!.Cut();
                break;
            case ("silences", _):
                _network!.Silence();
                break;
            case ("shuts", _):
                Shut(value["status"]!.GetValue<int>(), value);
                break;
            case ("opens", _):
                Hub.RefuseConnectionsWith = null;
                break;
            case ("returns", _):
                program.ComeBack();
                break;
            case ("program", "watches"):
                program.Watch();
                break;
            case ("program", "stops"):
                program.Stop();
                break;
            case ("program", "closes"):
                room.Close();
                break;
            default:
                throw new NotSupportedException($"Nobody knows the step {step}: {value}.");
        }
    }

    private async Task IsWatchedAsync(string? cursor)
    {
        _viewer = await Hub.NextViewerAsync();
        Assert.Equal(("room1", cursor), (_viewer.RoomId, _viewer.Cursor));
    }

    private static async Task IsHandedAsync(JsonArray updates, CaseProgram program)
    {
        foreach (var expected in updates.Select(update => update!.AsObject()))
        {
            var handed = await program.TakeAsync();
            if (!expected.ContainsKey("message"))
                handed.Remove("message");

            Assert.True(JsonNode.DeepEquals(expected, handed), $"Expected {expected.ToJsonString()}, but it is {handed.ToJsonString()}.");
        }
    }

    private static async Task ShowsAsync(RoomClient room, string state)
    {
        await WaitAsync().InTime();

        async Task WaitAsync()
        {
            while (CaseProgram.Name(room.ConnectionState) != state)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task EndsAsync(JsonNode? refusal, CaseProgram program)
    {
        if (refusal is null)
        {
            await program.Ended;
            return;
        }

        var error = await Assert.ThrowsAsync<HubClientException>(() => program.Ended);
        Assert.Equal((refusal["code"]!.GetValue<string>(), refusal["message"]!.GetValue<string>()), (error.Code, error.Message));
    }

    private void Shut(int status, JsonNode refusal)
    {
        Hub.RefuseConnectionsWith = status;
        if (refusal["code"] is not { } code)
        {
            Hub.Answer(Question, "<html>", status);
            return;
        }

        Hub.Answer(Question, context =>
        {
            context.Response.StatusCode = status;
            if (refusal["retryAfter"] is { } retryAfter)
                context.Response.Headers.RetryAfter = retryAfter.GetValue<int>().ToString(CultureInfo.InvariantCulture);

            var problem = new { code = code.GetValue<string>(), detail = refusal["message"]!.GetValue<string>() };
            return context.Response.WriteAsJsonAsync(problem, TestContext.Current.CancellationToken);
        });
    }

    private static void AssertState(JsonNode expected, RoomSnapshot state)
    {
        var actual = JsonSerializer.SerializeToNode(state, ProtocolJson.Options)!;
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected.ToJsonString()}\nbut it is {actual.ToJsonString()}");
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
