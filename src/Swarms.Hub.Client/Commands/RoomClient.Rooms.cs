using System.Text.Json;
using System.Text.Json.Nodes;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>The room as it is now, without watching it, and the caller in it.</summary>
    public async Task<RoomWithMe> GetRoomAsync(CancellationToken cancellationToken = default)
    {
        var room = await _endpoint.SendAsync<RoomWithMe>(
            HttpMethod.Get, "", null, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _member, room.Me);
        return room;
    }

    /// <summary>Renames the room and returns it. Hosts.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Room> RenameAsync(string name, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<Room>(HttpMethod.Patch, "", new ChangeRoomRequest { Name = name }, isRepeatable: true, cancellationToken);

    /// <summary>Changes settings of the room and returns it: those that are given, and no others. Hosts.</summary>
    /// <param name="settings">
    /// The settings that change, such as <c>new JsonObject { ["locked"] = true }</c>; null as a value gives one back to the hub's default.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Room> ChangeSettingsAsync(JsonObject settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var body = new ChangeRoomRequest { Settings = WireTypes.ToElement(settings) };
        return _endpoint.SendAsync<Room>(HttpMethod.Patch, "", body, isRepeatable: true, cancellationToken);
    }

    /// <summary>
    /// Changes the budget of the room and returns the room. It reads the budget in effect and sends the changed one as a whole: of two
    /// changes at one moment the later one counts. Hosts.
    /// </summary>
    /// <param name="change">
    /// Returns the new budget, such as <c>budget => budget with { RoomCost = "5" }</c>; null gives it back to the hub's default.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Room> ChangeBudgetAsync(Func<RoomBudget, RoomBudget?> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var room = await GetRoomAsync(cancellationToken).ConfigureAwait(false);
        var budget = change(room.Room.Settings?.Budget ?? new RoomBudget());
        var settings = new JsonObject
        {
            ["budget"] = budget is null ? null : JsonSerializer.SerializeToNode(budget, WireTypes.Of<RoomBudget>()),
        };
        var body = new ChangeRoomRequest { Settings = WireTypes.ToElement(settings) };
        return await _endpoint.SendAsync<Room>(HttpMethod.Patch, "", body, isRepeatable: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the room with everything in it. Its runs are cancelled, and watching ends for everybody. Hosts.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken = default) =>
        EndAsync(() => _endpoint.SendAsync(HttpMethod.Delete, "", null, isRepeatable: false, cancellationToken));

    /// <summary>Makes a call that ends the room for this member: the watch ends without an error then.</summary>
    private async Task EndAsync(Func<Task> call)
    {
        // Before the call: the hub may end the stream before it answers.
        _isEndWanted = true;
        try
        {
            await call().ConfigureAwait(false);
        }
        catch
        {
            _isEndWanted = false;
            throw;
        }
    }
}
