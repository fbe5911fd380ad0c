using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>Every fault of an upstream's connection, at every place of its answer, against a whole hub with viewers.</summary>
public sealed class UpstreamFaultTests(FaultyUpstreams hubs) : IClassFixture<FaultyUpstreams>
{
    // The text holds the key, as an upstream that quotes its request would send it; the hub must not pass it on.
    private const string Nonsense = $"\0nonsense {ScriptedHub.ApiKey}\r\n\r\n";

    public static IEnumerable<TheoryDataRow<AnswerPlace>> Places =>
        Enum.GetValues<AnswerPlace>().Select(place => new TheoryDataRow<AnswerPlace>(place));

    [Theory]
    [MemberData(nameof(Places))]
    public Task Reset_Ends_The_Run_Once_And_Keeps_What_Came(AnswerPlace place) => FailsAsync(
        hubs.Patient, place, connection => connection.Reset(), CodeOfACut(place));

    [Theory]
    [MemberData(nameof(Places))]
    public Task Half_Closed_Connection_Ends_The_Run_Once_And_Keeps_What_Came(AnswerPlace place) => FailsAsync(
        hubs.Patient, place, connection => connection.HalfClose(), CodeOfACut(place));

    [Theory]
    [MemberData(nameof(Places))]
    public Task Silence_Ends_The_Run_Once_And_Keeps_What_Came(AnswerPlace place) =>
        FailsAsync(hubs.Impatient, place, _ => { }, ErrorCodes.UpstreamIdle);

    [Theory]
    [MemberData(nameof(Places))]
    public Task Garbage_Ends_The_Run_Once_And_Keeps_What_Came(AnswerPlace place) =>
        FailsAsync(hubs.Patient, place, connection => connection.SendAsync(Nonsense), ErrorCodes.UpstreamError);

    [Theory]
    [MemberData(nameof(Places))]
    public Task Body_That_Never_Ends_Ends_The_Run_Once_And_Keeps_What_Came(AnswerPlace place)
    {
        var more = new string('x', 0x4000);
        return FailsAsync(
            hubs.Patient, place, connection => connection.SendForeverAsync(place.HasHeaders() ? AnswerPlaces.Transfer(more) : more),
            ErrorCodes.UpstreamError);
    }

    private static string CodeOfACut(AnswerPlace place) => place.HasHeaders() ? ErrorCodes.UpstreamTruncated : ErrorCodes.UpstreamError;

    private static Task FailsAsync(RawHub hub, AnswerPlace place, Action<RawConnection> fail, string code) => FailsAsync(
        hub,
        place,
        connection =>
        {
            fail(connection);
            return Task.CompletedTask;
        },
        code);

    private static async Task FailsAsync(RawHub hub, AnswerPlace place, Func<RawConnection, Task> fail, string code)
    {
        var host = await hub.Hub.CreateRoomAsync();
        await using var viewer = await TestViewer.JoinAsync(hub.Hub.Address, host.Admission);
        var run = await host.StartAsync();
        using var connection = await hub.Upstream.AcceptRequestAsync();
        Assert.Contains($"x-api-key: {ScriptedHub.ApiKey}\r\n", connection.Request, StringComparison.Ordinal);
        await connection.SendAsync(place.Bytes());
        await viewer.WaitForEventAsync(e => e.Type == place.LastEvent());
        await viewer.WaitAsync(() => viewer.FindRun(run.Id)?.Text == place.Text());

        var failing = fail(connection);

        var ended = await viewer.EndOfAsync(run.Id);
        await RawHub.LetsGoAsync(connection);
        await failing.InTime();
        Assert.Equal((place == AnswerPlace.AfterDone ? null : code, place.Text()), (ended.Error?.Code, ended.Text));
        Assert.Equal(place == AnswerPlace.AfterUsage ? 150 : null, ended.Usage?.TotalTokens);
        var events = await host.EndsOnceAsync(run.Id);
        Assert.Equal(place == AnswerPlace.AfterDone ? EventTypes.Done : EventTypes.Error, events[^1].Type);
        Assert.Equal(Json(ended), Json(await host.FindAsync(run.Id)));
        Assert.DoesNotContain(ScriptedHub.ApiKey, Json(viewer.Frames), StringComparison.Ordinal);
        Leaks.Refuse(ended.Error?.Message ?? "");
        // The run is not tried again and does not block the next one.
        Assert.False(hub.Upstream.HasCaller);
        await hub.WorksAsync(host);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);
}
