using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Access;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Reads tokens and invites on its own connections. Safe from any thread.</summary>
internal sealed class SqliteAccessStore(SqliteDatabase database) : IAccessStore
{
    private const string OperatorKeySetting = "operator-key";

    public Task<Membership?> FindTokenAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync<Membership?>(async context =>
        {
            return await (
                from token in context.Tokens
                join member in context.Members on token.MemberId equals member.Id
                join room in context.Rooms on member.RoomKey equals room.Key
                where token.Hash == hash && !member.HasLeft
                select new Membership(room.Id, member.Id)).FirstOrDefaultAsync(cancellationToken);
        });

    public Task<FoundInvite?> FindInviteAsync(byte[] hash, CancellationToken cancellationToken) =>
        database.ReadAsync<FoundInvite?>(async context =>
        {
            return await (
                from invite in context.Invites
                join room in context.Rooms on invite.RoomKey equals room.Key
                where (invite.SecretHash == hash || invite.CodeHash == hash) && room.DeletedAt == null
                select new FoundInvite(invite.Id, room.Id, invite.Role)).FirstOrDefaultAsync(cancellationToken);
        });

    public Task<byte[]?> FindOperatorKeyAsync(CancellationToken cancellationToken) => database.ReadAsync<byte[]?>(async context =>
    {
        var setting = await context.Settings.FirstOrDefaultAsync(s => s.Name == OperatorKeySetting, cancellationToken);
        return setting is null ? null : Convert.FromHexString(setting.Value);
    });

    public async Task SaveOperatorKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        context.Add(new SettingRow { Name = OperatorKeySetting, Value = Convert.ToHexStringLower(hash) });
        await context.SaveChangesAsync(cancellationToken);
    }
}
