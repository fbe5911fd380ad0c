// Starts a run in a room and prints it as it grows, each word once, through cuts of the network and restarts of the hub:
//   dotnet run --project client-demo/csharp -- "Write a story about a robot that paints"
// SWARMS_HUB_URL is the hub's address. SWARMS_HUB_INVITE (a code), or SWARMS_HUB_ROOM with SWARMS_HUB_TOKEN, is a room to join.
using Swarms.Hub.Client;
using Swarms.Hub.Protocol;

using var hub = new HubClient(new Uri(Setting("URL") ?? "http://localhost:5080"));
try
{
    var room = await EnterAsync();
    var run = await room.StartRunAsync(new AgentTask(args.FirstOrDefault("Write a story about a robot that paints"), "Writer"));
    var printed = 0;
    await foreach (var _ in room.WatchAsync())
    {
        if (room.State is not { } state)
            continue;

        // The state leaves out the text of a very long run that has ended. The hub keeps it.
        var now = state.FindRun(run.Id) is { Text: not null } known ? known : await room.GetRunAsync(run.Id);
        var text = now.Text ?? "";
        Console.Write(text[Math.Min(printed, text.Length)..]);
        printed = text.Length;
        if (now.EndedAt is null)
            continue;

        Console.Error.WriteLine($"\n{now.State}");
        break;
    }

    return 0;
}
catch (HubClientException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

async Task<RoomClient> EnterAsync()
{
    if (Setting("ROOM") is { } id && Setting("TOKEN") is { } token)
        return hub.OpenRoom(id, token);

    if (Setting("INVITE") is { } invite)
        return await hub.JoinAsync(invite, $"Guest {Environment.ProcessId}"); // A name is unique in its room.

    var room = await hub.CreateRoomAsync("Story night", "Ada");
    var created = await room.CreateInviteAsync(new CreateInviteRequest { Role = MemberRoles.Participant });
    Console.Error.WriteLine($"Others join with SWARMS_HUB_INVITE={created.Code}");
    return room;
}

static string? Setting(string name) => Environment.GetEnvironmentVariable($"SWARMS_HUB_{name}");
