using System.Net.Http.Headers;
using Swarms.Hub.Generated.NSwag;

namespace Swarms.Hub.Generated;

/// <summary>Calls the hub by the client that NSwag generates.</summary>
internal static class NSwagCalls
{
    public static async Task RunAsync(string address)
    {
        using var anybody = new HttpClient();
        var hub = new HubClient(anybody) { BaseUrl = address };
        var created = await hub.CreateRoomAsync(new CreateRoomRequest { Name = "NSwag", MemberName = "Ada" });
        var room = created.Room.Id;
        Require.That(created.Member.Role == MemberRole.Host, "the creator is a host");

        using var withToken = new HttpClient();
        withToken.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.Token);
        var host = new HubClient(withToken) { BaseUrl = address };
        var invite = await host.CreateInviteAsync(room, new CreateInviteRequest { Role = MemberRole.Participant, MaxUses = 2 });
        var joined = await hub.JoinAsync(new JoinRequest { Code = invite.Code, Name = "Grace" });
        Require.That(joined.Member.Role == MemberRole.Participant, "the guest is a participant");
        Require.That((await host.SayAsync(room, new SayRequest { Text = "Hello" })).Sequence > 0, "the message has a sequence");

        var started = await host.StartRunAsync(
            room, new StartRunRequest { Request = new { task = "Count", simulation = new { chunks = 3, chunksPerSecond = 0 } } });
        // A generated client has no live feed, so it asks until the run has ended.
        using var patience = new CancellationTokenSource(Require.Patience);
        while ((await host.GetRunAsync(room, started.Run.Id, patience.Token)).State is RunState.Queued or RunState.Running)
            await Task.Delay(100, patience.Token);

        var page = await host.GetEventsAsync(room, after: "0", limit: 1000);
        Require.That(page.Events.Any(item => item.Type == "done" && item.Run == started.Run.Id), "the log has the run's end");
        var transcript = await host.GetRoomTranscriptAsync(room, TranscriptFormat.Json);
        Require.That(transcript.Messages.Single().Text == "Hello", "the transcript has the message");
        try
        {
            await host.GetRunAsync(room, "no-such-run");
            Require.That(false, "a run that is not there is refused");
        }
        catch (ApiException<HubError> refused)
        {
            Require.That(refused is { StatusCode: 404, Result.Code: ErrorCode.Not_found }, "the refusal has its code");
        }
    }
}
