using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Rooms.Agents;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <content>Agents: their rows and their secrets, which change with the commits of their events.</content>
public abstract partial class StoreSpecification
{
    private static readonly RoomAgent Writer = new()
    {
        Id = "writer",
        Name = "Writer\0 🦊",
        Model = "m",
        Temperature = 0.70m,
        Config = System.Text.Json.JsonElement.Parse("""{"role":"worker"}"""),
        Presets = [new AgentPreset("Story", "Tell a story")],
    };

    [Fact]
    public async Task Agents_Stand_In_The_Order_In_Which_They_Were_Added_As_They_Were_Set_Last()
    {
        var room = await _store.CreateRoomAsync();
        var other = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("host", MemberRoles.Host), other.Join("another", MemberRoles.Host));

        await _store.StoreAsync(
            Set(room, Writer with { Id = "z" }), Set(room, Writer with { Id = "a" }), Set(other, Writer, by: "another"));
        await _store.StoreAsync(
            Set(room, Writer with { Id = "z", Name = "Changed" }), Remove(room, "a"), Set(room, Writer with { Id = "a" }));

        var loaded = (await _store.Rooms.LoadAsync(room.Id, CancellationToken))!.State.Agents;
        Assert.Equal(["z", "a"], loaded.Select(agent => agent.Id));
        Assert.Equal(
            AgentCalls.Json<IReadOnlyList<RoomAgent>>([Writer with { Id = "z", Name = "Changed" }, Writer with { Id = "a" }]),
            AgentCalls.Json(loaded));
    }

    [Fact]
    public async Task Secrets_Are_Found_By_Room_And_Agent_And_Go_With_The_Agent()
    {
        var room = await _store.CreateRoomAsync();
        var other = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("host", MemberRoles.Host), other.Join("another", MemberRoles.Host));
        var agent = Writer with { Secrets = ["a.b", "c"] };
        await _store.StoreAsync(
            Set(room, agent, secrets: [("a.b", "first"), ("c", "second")]),
            Set(other, Writer with { Secrets = ["c"] }, by: "another", secrets: [("c", "third")]));

        // Another value, and one less.
        await _store.StoreAsync(Set(room, agent with { Secrets = ["c"] }, ["a.b", "c"], secrets: [("c", "fourth"), ("a.b", null)]));

        Assert.Equal([("c", "fourth")], await SecretsAsync(room));
        Assert.Equal([("c", "third")], await SecretsAsync(other));
        await _store.StoreAsync(Remove(room, "writer"));
        Assert.Empty(await SecretsAsync(room));
        Assert.Equal([("c", "third")], await SecretsAsync(other));
    }

    [Fact]
    public async Task Agent_Is_Set_Only_From_The_Secrets_That_It_Had_And_By_A_Host_Who_Is_Still_One()
    {
        var room = await _store.CreateRoomAsync();
        await _store.StoreAsync(room.Join("host", MemberRoles.Host), room.Join("guest"));
        var first = Set(room, Writer with { Secrets = ["a"] }, secrets: [("a", "first")]);
        var second = Set(room, Writer with { Secrets = ["b"] }, secrets: [("b", "second")]);
        var third = Set(room, Writer with { Secrets = ["a"] }, ["a"], by: "guest", secrets: [("a", "third")]);
        var removal = Remove(room, "nobody");

        await _store.StoreAsync(first, second, third, removal);

        Assert.Equal(
            (ErrorCodes.Conflict, ErrorCodes.Forbidden, ErrorCodes.NotFound),
            (await CodeAsync(second), await CodeAsync(third), await CodeAsync(removal)));
        Assert.Equal([("a", "first")], await SecretsAsync(room));
    }

    private static PendingCommit Set(
        RoomUnderTest room, RoomAgent agent, IReadOnlyList<string>? before = null, string by = "host",
        params (string Place, string? Value)[] secrets) => room.Commit(
        [LogUnderTest.Event(EventTypes.AgentChanged, new AgentPayload(agent), by: by)],
        new AgentChange.Set(
            agent,
            before ?? [],
            secrets.ToDictionary(secret => secret.Place, secret => secret.Value is { } value ? Encoding.UTF8.GetBytes(value) : null),
            by));

    private static PendingCommit Remove(RoomUnderTest room, string agent) => room.Commit(
        [LogUnderTest.Event(EventTypes.AgentRemoved, AgentRemovedPayload.Of(agent), by: "host")], new AgentChange.Remove(agent, "host"));

    private async Task<IEnumerable<(string, string)>> SecretsAsync(RoomUnderTest room)
    {
        var secrets = await _store.Agents.FindSecretsAsync(room.Id, "writer", CancellationToken);
        return secrets.Select(secret => (secret.Key, Encoding.UTF8.GetString(secret.Value))).Order();
    }
}
