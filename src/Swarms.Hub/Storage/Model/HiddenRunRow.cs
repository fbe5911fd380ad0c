using System.Text.Json;
using Swarms.Hub.Protocol;
using Swarms.Hub.Runs;

namespace Swarms.Hub.Storage.Model;

/// <summary>What a blind group hides of one run, until a host reveals it.</summary>
internal sealed class HiddenRunRow
{
    public required string RunId { get; set; }

    public long RoomKey { get; set; }

    public required string GroupId { get; set; }

    /// <summary>The <see cref="HiddenRun"/> as JSON.</summary>
    public required string View { get; set; }

    public HiddenRun ToHidden() => JsonSerializer.Deserialize<HiddenRun>(View, ProtocolJson.Options)!;

    public static string Write(HiddenRun run) => JsonSerializer.Serialize(run, ProtocolJson.Options);
}
