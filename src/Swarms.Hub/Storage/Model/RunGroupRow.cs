using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Storage.Model;

/// <summary>A group of runs.</summary>
internal sealed class RunGroupRow
{
    public long RoomKey { get; set; }

    public required string Id { get; set; }

    /// <summary>The sequence of <c>group.started</c>.</summary>
    public long FirstSequence { get; set; }

    /// <summary>The sequence of the last <c>group.revealed</c>; null before.</summary>
    public long? RevealSequence { get; set; }

    /// <summary>The <see cref="RunGroup"/> as JSON.</summary>
    public required string View { get; set; }

    public static string Write(RunGroup group) => JsonSerializer.Serialize(group, ProtocolJson.Options);

    public RunGroup ToGroup() => JsonSerializer.Deserialize<RunGroup>(View, ProtocolJson.Options)!;
}
