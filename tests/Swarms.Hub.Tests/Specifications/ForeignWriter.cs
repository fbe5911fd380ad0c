using System.Text;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Protocol;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Support;

namespace Swarms.Hub.Specifications;

/// <summary>Another program, which changes a room in the store beside the hub that owns it.</summary>
internal static class ForeignWriter
{
    /// <summary>Appends a message: with its link as another hub would, or without one as an earlier version would.</summary>
    public static async Task<PendingEvent> AppendAsync(this IStoreFixture store, RoomLog log, bool isLinked)
    {
        var foreign = LogUnderTest.Event(EventTypes.Message, new { text = "from outside" });
        var (sequence, link) = (log.Head + 1, log.Position.Link!.Value);
        await using var rows = store.OpenRows();
        rows.Add(new EventRow
        {
            RoomKey = log.Key,
            Sequence = sequence,
            At = foreign.At,
            Type = foreign.Type,
            Data = Encoding.UTF8.GetString(foreign.Data.Span),
            Link = isLinked ? link.Next(sequence, foreign).ToBytes() : null,
            Key = isLinked ? foreign.Key!.Value.Bytes.ToArray() : null,
        });
        await rows.SaveChangesAsync();
        return foreign;
    }

    /// <summary>Takes the event with that sequence away.</summary>
    public static async Task RemoveAsync(this IStoreFixture store, RoomLog log, long sequence)
    {
        await using var rows = store.OpenRows();
        Assert.Equal(1, await rows.Events.Where(e => e.RoomKey == log.Key && e.Sequence == sequence).ExecuteDeleteAsync());
    }
}
