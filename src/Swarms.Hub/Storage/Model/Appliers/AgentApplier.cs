using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Rooms.Agents;

namespace Swarms.Hub.Storage.Model;

/// <summary>Sets and removes agents with their secrets, and bounds the number and the size of a room's agents.</summary>
internal sealed class AgentApplier : ChangeApplier<AgentChange>
{
    protected override void Apply(AppliedCommit commit, AgentChange change)
    {
        switch (change)
        {
            case AgentChange.Set set:
                Set(commit, set);
                break;
            case AgentChange.Remove remove:
                commit.Require(remove.By, MemberRoles.Host);
                SecretsOf(commit, remove.AgentId).ExecuteDelete();
                var removed = commit.Context.Agents.Where(row => row.RoomKey == commit.RoomKey && row.Id == remove.AgentId).ExecuteDelete();
                if (removed == 0 && !commit.Pending.IsRepeated)
                    throw new HubErrorException(ErrorCodes.NotFound, "There is no such agent in this room.");

                break;
        }
    }

    private static void Set(AppliedCommit commit, AgentChange.Set set)
    {
        commit.Require(set.By, MemberRoles.Host);
        var row = commit.Context.Agents.Find(commit.RoomKey, set.Agent.Id);
        var places = row?.ToAgent().Secrets ?? [];
        // The event names the places of all secrets, so it must know those that the store has.
        if (!places.SequenceEqual(set.SecretsBefore) && !commit.Pending.IsRepeated)
        {
            throw new HubErrorException(
                ErrorCodes.Conflict, "The agent was changed by somebody else at the same moment. Look at it and try again.");
        }

        var view = JsonSerializer.Serialize(set.Agent, ProtocolJson.Options);
        RequireSpace(commit, set.Agent.Id, view);
        if (row is not null)
            row.View = view;
        else
            commit.Context.Add(NewRow(commit, set.Agent.Id, view));

        foreach (var (place, value) in set.Secrets)
        {
            SecretsOf(commit, set.Agent.Id).Where(secret => secret.Place == place).ExecuteDelete();
            if (value is not null)
            {
                commit.Context.Add(
                    new AgentSecretRow { RoomKey = commit.RoomKey, AgentId = set.Agent.Id, Place = place, Value = value });
            }
        }
    }

    private static AgentRow NewRow(AppliedCommit commit, string id, string view) => new()
    {
        RoomKey = commit.RoomKey,
        Id = id,
        FirstSequence = commit.SequenceOf(e => e.Type == EventTypes.AgentChanged),
        View = view,
    };

    private static void RequireSpace(AppliedCommit commit, string id, string view)
    {
        var others = commit.Context.Agents
            .Where(row => row.RoomKey == commit.RoomKey && row.Id != id).Select(row => row.View).ToList();
        if (others.Count >= RoomState.MaxAgents)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge, $"The room has {RoomState.MaxAgents} agents already, as many as it may have. Remove one first.");
        }

        if (others.Append(view).Sum(Encoding.UTF8.GetByteCount) > AgentChange.MaxBytes)
        {
            throw new HubErrorException(
                ErrorCodes.TooLarge,
                $"The room's agents together would be larger than {AgentChange.MaxBytes} bytes. Shorten their prompts, or remove one.");
        }
    }

    private static IQueryable<AgentSecretRow> SecretsOf(AppliedCommit commit, string agentId) =>
        commit.Context.AgentSecrets.Where(secret => secret.RoomKey == commit.RoomKey && secret.AgentId == agentId);
}
