using System.Net.Http.Json;
using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>
/// A cancel, a message, a new name, an invite and a join, all at once and none awaited. Everything answered before a crash must be true
/// after it.
/// </summary>
internal sealed class CallsInFlight
{
    private readonly Dictionary<string, Task<JsonElement?>> _calls = [];
    private readonly int _number;
    private readonly string _run;

    private CallsInFlight(int number, string run) => (_number, _run) = (number, run);

    public static async Task<CallsInFlight> BeginAsync(HubProcess hub, RoomAdmission room, Run run, int number)
    {
        var calls = new CallsInFlight(number, run.Id);
        var path = $"api/rooms/{room.Room.Id}";
        using var host = hub.CreateClient(room.Token);
        using var invited = await host.PostAsJsonAsync($"{path}/invites", new { role = MemberRoles.Participant });
        var code = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
        calls.Add("cancel", hub, room.Token, HttpMethod.Post, $"{path}/runs/{run.Id}/cancel", new { });
        calls.Add("message", hub, room.Token, HttpMethod.Post, $"{path}/messages", new { text = $"hello {number}" });
        calls.Add("name", hub, room.Token, HttpMethod.Patch, path, new { name = $"Room {number}" });
        calls.Add("invite", hub, room.Token, HttpMethod.Post, $"{path}/invites", new { role = MemberRoles.Viewer });
        calls.Add("join", hub, null, HttpMethod.Post, "api/join", new { code, name = $"Guest {number}" });
        return calls;
    }

    public Task AnyAsync() => Task.WhenAny(_calls.Values);

    public async Task CheckAsync(HubProcess hub, RoomAdmission room)
    {
        var log = await hub.ReadEventsAsync(room);
        if (await _calls["cancel"] is { } cancelled)
            Assert.Equal(cancelled.GetProperty("state").GetString(), log.Last(e => e.Run == _run).Type);

        if (await _calls["message"] is { } said)
            Assert.Equal($"hello {_number}", log[(int)said.GetProperty("sequence").GetInt64() - 1].Data.GetProperty("text").GetString());

        if (await _calls["name"] is not null)
            Assert.Contains(log, e => e.Type == EventTypes.RoomChanged && e.Data.GetProperty("name").GetString() == $"Room {_number}");

        using var anybody = hub.CreateClient();
        if (await _calls["invite"] is { } invite)
        {
            using var joining = await anybody.PostAsJsonAsync(
                "api/join", new { code = invite.GetProperty("code").GetString(), name = $"Late {_number}" });
            Assert.True(joining.IsSuccessStatusCode, $"An invite that was given is worth nothing: {joining.StatusCode}");
        }

        if (await _calls["join"] is { } admission)
        {
            using var guest = hub.CreateClient(admission.GetProperty("token").GetString());
            var seen = await guest.GetFromJsonAsync<JsonElement>($"api/rooms/{room.Room.Id}");
            Assert.Equal($"Guest {_number}", seen.GetProperty("me").GetProperty("name").GetString());
        }
    }

    private void Add(string name, HubProcess hub, string? token, HttpMethod method, string path, object body) =>
        _calls.Add(name, CallAsync(hub.CreateClient(token), method, path, body));

    /// <summary>Returns the answer; null if there was none, or the hub was killed meanwhile.</summary>
    private static async Task<JsonElement?> CallAsync(HttpClient client, HttpMethod method, string path, object body)
    {
        using (client)
        {
            try
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) });
                return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return null;
            }
        }
    }
}
