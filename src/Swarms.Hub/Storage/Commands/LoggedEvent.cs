using System.Text;
using Swarms.Hub.RoomLogs;

namespace Swarms.Hub.Storage.Commands;

/// <summary>An event as a database or an export has it, with what proves it.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="At">Its time in milliseconds since 1970.</param>
/// <param name="Type">Its type.</param>
/// <param name="Run">Its run; null for an event outside runs.</param>
/// <param name="By">The member who caused it; null if none did.</param>
/// <param name="Data">Its data's JSON to the letter, or what an erasure left.</param>
/// <param name="Link">Its link; null if it has none.</param>
/// <param name="Key">The key of its own data; null for an event of a run, and once the data was erased.</param>
/// <param name="Digest">The digest of erased data; null while the data is there.</param>
internal readonly record struct LoggedEvent(
    long Sequence, long At, string Type, string? Run, string? By, string Data, byte[]? Link, byte[]? Key, byte[]? Digest)
{
    private static readonly long FirstMillisecond = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Returns what is wrong with the event behind a position; or null and the position after it.</summary>
    public string? FindMisfit(
        IReadOnlyDictionary<string, byte[]?> runKeys, ErasureClaims erasures, LogPosition before, out LogPosition after)
    {
        after = default;
        if (Sequence != before.Sequence + 1)
            return $"event {before.Sequence + 1} is missing.";

        if (Link is null)
            return $"event {Sequence} has no link: another program wrote it.";

        if (FindDigest(runKeys) is not { } digest)
            return $"event {Sequence} cannot be verified: the key of its data is missing.";

        var misfit = $"event {Sequence} does not fit: it was changed, or stood behind another event.";
        if (At < FirstMillisecond || At > LastMillisecond)
            return misfit;

        var link = before.Link!.Value.Next(Sequence, DateTimeOffset.FromUnixTimeMilliseconds(At), Type, Run, By, digest.Span);
        after = new LogPosition(Sequence, link);
        if (!Link.AsSpan().SequenceEqual(link.ToBytes()))
            return misfit;

        if (Digest is not null && !erasures.TryAdd(Sequence, Type, Run, Data))
            return $"event {Sequence} was erased, and the data that it has is not what an erasure leaves.";

        return erasures.FindMisfit(Sequence, Type, Data);
    }

    private ReadOnlyMemory<byte>? FindDigest(IReadOnlyDictionary<string, byte[]?> runKeys)
    {
        if (Digest is not null)
            return Digest;

        var key = Run is { } run ? runKeys.GetValueOrDefault(run) : Key;
        return key is null ? null : new DataKey(key).Digest(Encoding.UTF8.GetBytes(Data));
    }
}
