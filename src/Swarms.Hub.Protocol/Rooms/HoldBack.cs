using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>How a room holds the text of its runs back: hosts see it first, in the run's lane.</summary>
public sealed record HoldBack
{
    /// <summary>The time after which the others get a text, 0 to <see cref="MaxSeconds"/>; null where a host releases it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seconds { get; init; }

    /// <summary>True if a lane is kept for the hosts; otherwise it is erased once its run has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepLane { get; init; }

    /// <summary>The effect of 15 s without a host: one of <see cref="HostAbsences"/>.</summary>
    [OneOf(typeof(HostAbsences))]
    public string WithoutHost { get; init; } = HostAbsences.Stop;

    /// <summary>The longest time for which a text is held.</summary>
    public const int MaxSeconds = 60;

    /// <summary>Reads the object of an event. A field that is missing or of another type has its initial value.</summary>
    public static HoldBack Read(JsonElement holdBack) => new()
    {
        Seconds = (int?)holdBack.Number("seconds"),
        KeepLane = holdBack.IsTrue("keepLane"),
        WithoutHost = holdBack.Text("withoutHost") ?? HostAbsences.Stop,
    };
}
