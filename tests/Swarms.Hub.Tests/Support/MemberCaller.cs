using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Support;

/// <summary>A member of a room.</summary>
internal sealed class MemberCaller(Uri address, JsonElement admission) : Caller(address, admission.GetProperty("token").GetString())
{
    public string Room { get; } = admission.GetProperty("room").GetProperty("id").GetString()!;

    public string Member { get; } = admission.GetProperty("member").GetProperty("id").GetString()!;

    public string Path { get; } = $"/api/rooms/{admission.GetProperty("room").GetProperty("id").GetString()}";

    /// <summary>The answer that this member got on joining.</summary>
    public RoomAdmission Admission { get; } = admission.Deserialize<RoomAdmission>(ProtocolJson.Options)!;

    /// <summary>Returns the same member at another hub on the same database.</summary>
    public MemberCaller At(Uri otherAddress) => new(otherAddress, admission);

    /// <summary>
    /// Lets another member in; this one must be a host. Without a name it is Bob, or what the hub suggests instead.
    /// </summary>
    public async Task<MemberCaller> InviteAsync(string role, string? name = null)
    {
        var invite = Secret(await CreateInviteAsync(new { role }));
        var answer = await new Caller(Address).PostAsync("/api/join", new { invite, name = name ?? "Bob" });
        while (name is null && answer.Status == 409)
        {
            var free = answer.Json.GetProperty("suggestion").GetString();
            answer = await new Caller(Address).PostAsync("/api/join", new { invite, name = free });
        }

        Assert.Equal(200, answer.Status);
        return new MemberCaller(Address, answer.Json);
    }

    public async Task<JsonElement> CreateInviteAsync<T>(T request)
    {
        var answer = await PostAsync($"{Path}/invites", request);
        Assert.Equal(201, answer.Status);
        return answer.Json;
    }

    public static string Secret(JsonElement invite) => invite.GetProperty("url").GetString()!.Split('#')[1];

    /// <summary>Starts a run of the simulator with these settings.</summary>
    public async Task<string> StartRunAsync(object simulation, string task = "Tell a story")
    {
        var answer = await PostAsync(
            $"{Path}/runs", new { request = new { agent_config = new { agent_name = "Writer" }, task, simulation } });
        Assert.Equal(202, answer.Status);
        return answer.Json.GetProperty("run").GetProperty("id").GetString()!;
    }

    /// <summary>Starts a run of the simulator and returns it once it has ended.</summary>
    public async Task<JsonElement> FinishRunAsync(object simulation, string task = "Tell a story")
    {
        var run = await StartRunAsync(simulation, task);
        await using var feed = await FeedReader.OpenAsync(this);
        await feed.UntilEndOfAsync(run);
        return (await GetAsync($"{Path}/runs/{run}")).Json;
    }
}
