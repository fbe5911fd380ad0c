using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The messages of the room that a run takes along. It has one of the two.</summary>
/// <param name="Since">The sequence of the first message: this one and all later ones, as they stand when the run starts.</param>
/// <param name="Messages">The sequences of chosen messages.</param>
public sealed record MessageInclusion(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Since = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Messages = null)
{
    /// <summary>The most messages that can be chosen.</summary>
    public const int MaxMessages = 100;

    /// <summary>True if both include the same.</summary>
    public bool Equals(MessageInclusion? other) =>
        other is not null && Since == other.Since && Messages is null == other.Messages is null
        && (Messages ?? []).SequenceEqual(other.Messages ?? []);

    /// <summary>Returns the same number for equal inclusions.</summary>
    public override int GetHashCode() => HashCode.Combine(Since, Messages?.Count);

    /// <summary>Reads the object of an event; null if it includes nothing.</summary>
    public static MessageInclusion? Read(JsonElement include) => (include.Number("since"), include.Numbers("messages")) switch
    {
        (null, []) => null,
        var (since, messages) => new MessageInclusion(since, messages.Count > 0 ? messages : null),
    };
}
