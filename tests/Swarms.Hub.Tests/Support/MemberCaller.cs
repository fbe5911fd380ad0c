using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Support;

/// <summary>A member of a room.</summary>
internal sealed class MemberCaller(Uri address, JsonElement admission) : Caller(address, admission.GetProperty("token").GetString())
{
    public string Room { get; } = admission.GetProperty("room").GetProperty("id").GetString()!;

    public string Member { get; } = admission.GetProperty("member").GetProperty("id").GetString()!;

    public string Path { get; } = $"/api/rooms/{admission.GetProperty("room").GetProperty("id").GetString()}";

    /// <summary>What this member was given on joining.</summary>
    public RoomAdmission Admission { get; } = admission.Deserialize<RoomAdmission>(ProtocolJson.Options)!;

    /// <summary>The same member at another hub on the same database.</summary>
    public MemberCaller At(Uri otherAddress) => new(otherAddress, admission);

    /// <summary>Somebody else, let in by this member, who must be a host.</summary>
    public async Task<MemberCaller> InviteAsync(string role, string name = "Bob")
    {
        var invite = await CreateInviteAsync(new { role });
        var answer = await new Caller(Address).PostAsync("/api/join", new { invite = Secret(invite), name });
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

    /// <summary>A run of the simulator; <paramref name="simulation"/> is what it is asked to do.</summary>
    public async Task<string> StartRunAsync(object simulation, string task = "Tell a story")
    {
        var answer = await PostAsync($"{Path}/runs", new { request = new { agent_config = new { agent_name = "Writer" }, task, simulation } });
        Assert.Equal(202, answer.Status);
        return answer.Json.GetProperty("run").GetProperty("id").GetString()!;
    }

    /// <summary>A run that has ended, with the text of so many words.</summary>
    public async Task<JsonElement> FinishRunAsync(object simulation, string task = "Tell a story")
    {
        var run = await StartRunAsync(simulation, task);
        await using var feed = await FeedReader.OpenAsync(this);
        await feed.UntilEndOfAsync(run);
        return (await GetAsync($"{Path}/runs/{run}")).Json;
    }
}
