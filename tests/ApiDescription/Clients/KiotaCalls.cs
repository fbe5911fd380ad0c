using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Abstractions.Serialization;
using Swarms.Hub.Generated.Kiota;
using Swarms.Hub.Generated.Kiota.Models;

namespace Swarms.Hub.Generated;

/// <summary>Calls the hub by the client that Kiota generates.</summary>
internal static class KiotaCalls
{
    public static async Task RunAsync(string address)
    {
        var hub = Open(address, new AnonymousAuthenticationProvider());
        var created = (await hub.Api.Rooms.PostAsync(new CreateRoomRequest { Name = "Kiota", MemberName = "Ada" }))!;
        Require.That(created.Member!.Role == MemberRole.Host, "the creator is a host");

        var room = Open(address, new BaseBearerTokenAuthenticationProvider(new Token(created.Token!))).Api.Rooms[created.Room!.Id!];
        var invite = (await room.Invites.PostAsync(new CreateInviteRequest { Role = MemberRole.Participant, MaxUses = 2 }))!;
        var joined = (await hub.Api.Join.PostAsync(new JoinRequest { Code = invite.Code, Name = "Grace" }))!;
        Require.That(joined.Member!.Role == MemberRole.Participant, "the guest is a participant");
        Require.That((await room.Messages.PostAsync(new SayRequest { Text = "Hello" }))!.Sequence > 0, "the message has a sequence");

        var simulation = new UntypedObject(new Dictionary<string, UntypedNode>
        {
            ["chunks"] = new UntypedInteger(3),
            ["chunksPerSecond"] = new UntypedInteger(0),
        });
        var request = new UntypedObject(new Dictionary<string, UntypedNode>
        {
            ["task"] = new UntypedString("Count"),
            ["simulation"] = simulation,
        });
        var run = (await room.Runs.PostAsync(new StartRunRequest { Request = request }))!.Run!.Id!;
        // A generated client has no live feed, so it asks until the run has ended.
        using var patience = new CancellationTokenSource(Require.Patience);
        while ((await room.Runs[run].GetAsync(cancellationToken: patience.Token))!.State is RunState.Queued or RunState.Running)
            await Task.Delay(100, patience.Token);

        var page = (await room.Events.GetAsync(call => (call.QueryParameters.After, call.QueryParameters.Limit) = ("0", 1000)))!;
        Require.That(page.Events!.Any(item => item.Type == "done" && item.Run == run), "the log has the run's end");
        var transcript = (await room.Transcript.GetAsync(call => call.QueryParameters.Format = TranscriptFormat.Json))!;
        Require.That(transcript.Messages!.Single().Text == "Hello", "the transcript has the message");
        try
        {
            await room.Runs["no-such-run"].GetAsync();
            Require.That(false, "a run that is not there is refused");
        }
        catch (HubError refused)
        {
            Require.That(refused is { Status: 404, Code: ErrorCode.Not_found }, "the refusal has its code");
            Require.That(refused.Message.EndsWith('.'), "the exception's message is the hub's sentence");
        }
    }

    private static HubClient Open(string address, IAuthenticationProvider access) =>
        new(new HttpClientRequestAdapter(access) { BaseUrl = address });

    private sealed class Token(string token) : IAccessTokenProvider
    {
        // The hub of the check is on this machine, without TLS.
        public AllowedHostsValidator AllowedHostsValidator { get; } = new(["localhost", "127.0.0.1"]);

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(token);
    }
}
