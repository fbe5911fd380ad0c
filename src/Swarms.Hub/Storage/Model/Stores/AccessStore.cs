using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>Reads tokens and invites on its own connections. Safe from any thread.</summary>
internal sealed class AccessStore(HubDatabase database) : IAccessStore
{
    private const string OperatorKeySetting = "operator-key";
    private const string HubIdSetting = "hub-id";
    private const string CodeKeySetting = "code-key";

    public Task<IReadOnlyList<FoundToken>> FindTokensAsync(byte[] credential, string? roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<FoundToken>>(async context =>
        {
            return await (
                from token in context.Tokens
                join member in context.Members on token.MemberId equals member.Id
                join room in context.Rooms on member.RoomKey equals room.Key
                where (token.Hash == credential || token.SessionHash == credential)
                    && !member.HasLeft && (roomId == null || room.Id == roomId
                        || context.Rooms.Any(lane => lane.Id == roomId && lane.LaneRoomKey == room.Key))
                orderby token.CreatedAt descending
                select new FoundToken(token.Hash, new Membership(room.Id, member.Id), token.ExpiresAt, token.LastUsedAt))
                .ToListAsync(cancellationToken);
        });

    public Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync<FoundInvite?>(async context =>
        {
            return await (
                from invite in context.Invites
                join room in context.Rooms on invite.RoomKey equals room.Key
                where (invite.SecretHash == hash || invite.CodeHash == hash) && room.DeletedAt == null
                select new FoundInvite(invite.Id, room.Id, invite.Role, invite.ExpiresAt, invite.MaxUses, invite.Uses))
                .FirstOrDefaultAsync(cancellationToken);
        });

    public Task<IReadOnlyList<Invite>> ListInvitesAsync(string roomId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Invite>>(async context =>
        {
            return await (
                from invite in context.Invites
                join room in context.Rooms on invite.RoomKey equals room.Key
                where room.Id == roomId && room.DeletedAt == null && invite.ExpiresAt > now
                    && (invite.MaxUses == null || invite.Uses < invite.MaxUses)
                orderby invite.Id descending
                select new Invite
                {
                    Id = invite.Id,
                    Role = invite.Role,
                    MaxUses = invite.MaxUses,
                    Uses = invite.Uses,
                    ExpiresAt = invite.ExpiresAt,
                    By = invite.By,
                }).Take(IAccessStore.MaxInvites).ToListAsync(cancellationToken);
        });

    public Task<FoundEmbed?> FindEmbedAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync<FoundEmbed?>(async context =>
        {
            return await (
                from embed in context.Embeds
                join room in context.Rooms on embed.RoomKey equals room.Key
                where embed.Hash == hash
                select new FoundEmbed(embed.Id, room.Id, embed.RunId, embed.HidesTask, embed.By, embed.ExpiresAt))
                .FirstOrDefaultAsync(cancellationToken);
        });

    public Task<IReadOnlyList<Embed>> ListEmbedsAsync(string roomId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Embed>>(async context =>
        {
            return await (
                from embed in context.Embeds
                join room in context.Rooms on embed.RoomKey equals room.Key
                where room.Id == roomId && room.DeletedAt == null && embed.ExpiresAt > now
                orderby embed.Id descending
                select new Embed
                {
                    Id = embed.Id,
                    Run = embed.RunId,
                    HideTask = embed.HidesTask,
                    By = embed.By,
                    CreatedAt = embed.CreatedAt,
                    ExpiresAt = embed.ExpiresAt,
                }).Take(IAccessStore.MaxInvites).ToListAsync(cancellationToken);
        });

    public Task<IReadOnlyList<Ban>> ListBansAsync(string roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Ban>>(async context =>
        {
            return await (
                from ban in context.Bans
                join room in context.Rooms on ban.RoomKey equals room.Key
                where room.Id == roomId && room.DeletedAt == null
                orderby ban.Id descending
                select new Ban { Id = ban.Id, Name = ban.Name, At = ban.At, By = ban.By })
                .Take(IAccessStore.MaxInvites).ToListAsync(cancellationToken);
        });

    public Task<string?> FindInviteOfAsync(string memberId, CancellationToken cancellationToken) =>
        database.ReadAsync(context => context.Members
            .Where(member => member.Id == memberId).Select(member => member.InviteId).FirstOrDefaultAsync(cancellationToken));

    public Task<IReadOnlyList<RoomProgram>> ListProgramsAsync(string roomId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RoomProgram>>(async context =>
        {
            return await (
                from member in context.Members
                join room in context.Rooms on member.RoomKey equals room.Key
                join token in context.Tokens on member.Id equals token.MemberId
                where room.Id == roomId && room.DeletedAt == null && member.MadeBy != null && !member.HasLeft
                orderby member.Id descending
                select new RoomProgram
                {
                    Id = member.Id,
                    Name = member.Name,
                    Role = member.Role,
                    By = member.MadeBy!,
                    CreatedAt = member.JoinedAt,
                    ExpiresAt = token.ExpiresAt,
                    LastUsedAt = token.LastUsedAt,
                }).ToListAsync(cancellationToken);
        });

    public Task<Membership?> FindReturnLinkAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync<Membership?>(async context =>
        {
            return await (
                from link in context.ReturnLinks
                join member in context.Members on link.MemberId equals member.Id
                join room in context.Rooms on member.RoomKey equals room.Key
                where link.Hash == hash && !member.HasLeft && room.DeletedAt == null
                select new Membership(room.Id, member.Id)).FirstOrDefaultAsync(cancellationToken);
        });

    public Task<DateTimeOffset?> FindReturnLinkEndAsync(string memberId, CancellationToken cancellationToken) =>
        database.ReadAsync(context => context.ReturnLinks
            .Where(link => link.MemberId == memberId)
            .Select(link => (DateTimeOffset?)link.ExpiresAt)
            .FirstOrDefaultAsync(cancellationToken));

    public Task<CodeKey> OpenCodeKeyAsync(CancellationToken cancellationToken)
    {
        var key = CodeKeyFile.ReadOrCreate(database.KeyPath);
        // The database tells keys apart, and holds none.
        var mark = Convert.ToHexStringLower(SHA256.HashData(key));
        using var connection = database.OpenPooled();
        var isOther = connection.FindSetting(CodeKeySetting) != mark;
        if (isOther)
            connection.SaveSetting(CodeKeySetting, mark);

        return Task.FromResult(new CodeKey(key, isOther && connection.Query("SELECT 1 FROM invites LIMIT 1", _ => true).Count > 0));
    }

    public Task<string> FindHubIdAsync(string fresh, CancellationToken cancellationToken)
    {
        using var connection = database.OpenPooled();
        if (connection.FindSetting(HubIdSetting) is { } known)
            return Task.FromResult(known);

        connection.SaveSetting(HubIdSetting, fresh);
        return Task.FromResult(fresh);
    }

    public Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
        connection.FindSetting(OperatorKeySetting) is { } hash ? Convert.FromHexString(hash) : null));

    public Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        using var connection = database.OpenPooled();
        // Fails if there is one.
        const string Add = "INSERT INTO settings (Name, Value) VALUES ($1, $2)";
        connection.Execute(Add, OperatorKeySetting, Convert.ToHexStringLower(hash));
        return Task.CompletedTask;
    }
}
