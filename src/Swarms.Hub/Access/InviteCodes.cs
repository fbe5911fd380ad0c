using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Diagnostics;

namespace Swarms.Hub.Access;

/// <summary>Hashes the codes of invites with the hub's key. Safe from any thread.</summary>
internal sealed class InviteCodes(IAccessStore store) : IStartStep
{
    private byte[] _key = [];

    /// <summary>True if this start found another key than the one that earlier codes were made with.</summary>
    public bool AreLost { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken) =>
        (_key, AreLost) = await store.OpenCodeKeyAsync(cancellationToken);

    /// <summary>Hashes a code as a person typed it.</summary>
    public byte[] Hash(string code) => Hash(_key, code);

    public static byte[] Hash(byte[] key, string code) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Secrets.NormalizeCode(code)));
}
