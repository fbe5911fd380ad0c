using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>The sums of a room's runs.</summary>
internal sealed class SpendingRow
{
    public long RoomKey { get; set; }

    /// <summary>The sums, as JSON of a snapshot's <c>spending</c>.</summary>
    public required string Sums { get; set; }

    public static string Write(RoomSpending spending) => JsonSerializer.Serialize(spending, ProtocolJson.Options);

    public RoomSpending Read() => JsonSerializer.Deserialize<RoomSpending>(Sums, ProtocolJson.Options)!;
}
