using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Rooms;

namespace Swarms.Hub.Storage.Model;

/// <summary>Keeps the names of a room's present members apart, by <see cref="NameKey"/>. Called by the writer's loop only.</summary>
internal static class MemberNames
{
    /// <summary>The setting with the version of the rules that made the stored keys.</summary>
    public const string VersionSetting = "name-keys";

    /// <summary>The version of the rules.</summary>
    public static string Version => NameKey.Version;

    /// <summary>Gives the member the name. Refuses one that looks like another present member's, with a free suggestion.</summary>
    public static void Set(AppliedCommit commit, MemberRow member, string name)
    {
        var key = NameKey.Of(name);
        if (IsTaken(commit, member.Id, key))
        {
            var members = commit.Context.Members.Count(other => other.RoomKey == commit.RoomKey && !other.HasLeft);
            throw NameSuggestion.Refuse(name, members, candidate => IsTaken(commit, member.Id, NameKey.Of(candidate)));
        }

        (member.Name, member.NameKey, member.NameLook) = (name, key.Folded, key.Look);
    }

    /// <summary>
    /// Makes the keys of a store from another version's rules. Members whose names look alike already keep them. Called at the start only.
    /// </summary>
    public static void Rekey(HubDbContext context)
    {
        using var transaction = context.Database.BeginTransaction();
        // Members of deleted rooms have no name any more.
        var named = context.Members.Where(member => !member.HasLeft && member.Name != "");
        foreach (var member in named.Select(member => new { member.Id, member.Name }).ToList())
        {
            var key = NameKey.Of(member.Name);
            context.Members.Where(row => row.Id == member.Id).ExecuteUpdate(row =>
                row.SetProperty(r => r.NameKey, key.Folded).SetProperty(r => r.NameLook, key.Look));
        }

        context.Settings.Where(setting => setting.Name == VersionSetting).ExecuteDelete();
        context.Add(new SettingRow { Name = VersionSetting, Value = NameKey.Version });
        context.SaveChanges();
        transaction.Commit();
    }

    private static bool IsTaken(AppliedCommit commit, string memberId, NameKey key) => commit.Context.Members.Any(other =>
        other.RoomKey == commit.RoomKey && other.Id != memberId && (other.NameKey == key.Folded || other.NameLook == key.Look));
}
