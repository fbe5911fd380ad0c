using Microsoft.AspNetCore.Http;
using Swarms.Hub.Cli;
using Swarms.Hub.Client.Tests.Fakes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>Hold-back among the settings, and the commands for a text that is held.</summary>
public sealed class LaneCommandsTests : IAsyncLifetime
{
    private static readonly HoldBack TenSeconds = new() { Seconds = 10, KeepLane = true };

    private readonly ConsoleUser _user = new();
    private FakeHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        var hub = _hub.Address.GetLeftPart(UriPartial.Authority);
        await new SavedSessions(_user.SettingsFolder).SaveAsync(new SavedSession(hub, "room1", "token1"));
        var room = Frames.Room with { Settings = new RoomSettings { HoldBack = TenSeconds, FromRoom = ["holdBack"] } };
        _hub.Answer("GET /api/rooms/room1", RoomWithMe.Of(Frames.Snapshot(2) with { Room = room }, Frames.Ada));
        _hub.Answer("PATCH /api/rooms/room1", room);
        foreach (var call in new[] { "mask", "release" })
        {
            _hub.Answer($"POST /api/rooms/room1/runs/r1/{call}", context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            });
        }

        _hub.Answer("GET /api/rooms/room1/runs/r1", Held("Call ", new RunMask(5, 3)));
        _hub.Answer("GET /api/rooms/lane1/runs/lane1", Held("Call 112 now. Now call 112 or 112!") with { Id = "lane1", Hold = null });
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"seconds":5}""", "holdBack=5")]
    [InlineData("{}", "holdBack=manual")]
    [InlineData("false", "holdBack=off")]
    [InlineData("null", "holdBack=")]
    [InlineData("\"soon\"", "holdBack=soon")]
    [InlineData("""{"seconds":10,"keepLane":true,"withoutHost":"release"}""", "holdBack.withoutHost=release")]
    [InlineData("""{"seconds":10,"withoutHost":"stop"}""", "holdBack.keepLane=")]
    [InlineData("""{"keepLane":true,"withoutHost":"stop","seconds":60}""", "holdBack.seconds=60")]
    [InlineData("""{"withoutHost":"release"}""", "holdBack=manual", "holdBack.withoutHost=release")]
    public async Task HoldBack_Is_Changed_As_A_Whole_Or_By_Field(string sent, params string[] changes)
    {
        Assert.Equal(0, (await _user.RunAsync(["settings", .. changes])).Code);

        Assert.Equal($$$"""{"settings":{"holdBack":{{{sent}}}}}""", _hub.Calls.Last().Body);
    }

    [Fact]
    public async Task Settings_Show_How_Texts_Are_Held()
    {
        var lines = (await _user.RunAsync("settings")).Output.TrimEnd('\n').Split('\n');

        Assert.Equal(
            ["holdBack             10 s  the room's", "holdBack.keepLane    true  the room's", "holdBack.withoutHost stop  the room's"],
            lines[^3..]);
    }

    [Fact]
    public async Task Words_Are_Masked_Wherever_They_Are_In_What_The_Room_Has_Not()
    {
        var result = await _user.RunAsync("mask", "r1", "112");

        Assert.Equal(0, result.Code);
        // The first one is at 5, which the room has, masked, already.
        Assert.Equal(
            ["""{"start":23,"end":26}""", """{"start":30,"end":33}"""],
            _hub.Calls.Where(call => call.Call == "POST /api/rooms/room1/runs/r1/mask").Select(call => call.Body));
        Assert.Contains("masked 23 to 26", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What is held does not have these words.", "mask", "r1", "Call")]
    [InlineData("Give the words to mask, or both --from and --to.", "mask", "r1")]
    [InlineData("Give the words to mask, or both --from and --to.", "mask", "r1", "--from", "3")]
    [InlineData("Give the words to mask, or both --from and --to.", "mask", "r1", "112", "--from", "3", "--to", "5")]
    [InlineData("The text of run r2 is not held, so it has no lane.", "mask", "r2", "112")]
    [InlineData("The text of run r2 is not held, so it has no lane.", "lane", "r2")]
    public async Task Mask_That_Finds_Nothing_Says_Why_And_Masks_Nothing(string sentence, params string[] arguments)
    {
        _hub.Answer("GET /api/rooms/room1/runs/r2", Held("Call") with { Id = "r2", Hold = null });

        var result = await _user.RunAsync(arguments);

        Assert.NotEqual(0, result.Code);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_hub.Calls, call => call.Call.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST /api/rooms/room1/runs/r1/mask", """{"start":3,"end":5}""", "mask", "r1", "--from", "3", "--to", "5")]
    [InlineData("POST /api/rooms/room1/runs/r1/release", """{"to":12}""", "release", "r1", "--to", "12")]
    [InlineData("POST /api/rooms/room1/runs/r1/release", "{}", "release", "r1")]
    public async Task Places_Are_Sent_As_They_Are(string call, string body, params string[] arguments)
    {
        Assert.Equal(0, (await _user.RunAsync(arguments)).Code);

        var sent = Assert.Single(_hub.Calls);
        Assert.Equal((call, body), (sent.Call, sent.Body));
    }

    private static Run Held(string text, params RunMask[] masks) => Frames.DoneRun(text) with
    {
        Hold = new RunHold("lane1", 10),
        Masks = masks.Length > 0 ? masks : null,
    };
}
