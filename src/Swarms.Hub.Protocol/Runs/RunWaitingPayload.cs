using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.waiting</c>. It names neither the upstream nor the model.</summary>
/// <param name="Until">The time before which the run does not call the upstream, in UTC with milliseconds.</param>
/// <param name="Attempt">The calls of this run that the upstream refused so far; 0 if another run met the limit first.</param>
/// <param name="Reason">One of <see cref="RunWaitReasons"/>.</param>
public sealed record RunWaitingPayload(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Until,
    int Attempt,
    [property: OneOf(typeof(RunWaitReasons))] string Reason)
{
    /// <summary>Reads the data of an event. A time that is missing or of another type is null, a text empty, a number 0.</summary>
    public static RunWaitingPayload Read(JsonElement data) =>
        new(data.Time("until"), (int)(data.Number("attempt") ?? 0), data.Text("reason") ?? "");
}
