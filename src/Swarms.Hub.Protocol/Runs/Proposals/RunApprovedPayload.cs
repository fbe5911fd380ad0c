using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>run.approved</c>.</summary>
/// <param name="IsEdited">True if the host changed the task; the <c>run.queued</c> that follows has the task that is sent.</param>
public sealed record RunApprovedPayload(bool IsEdited)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static RunApprovedPayload Read(JsonElement data) => new(data.Flag("isEdited") ?? false);
}
