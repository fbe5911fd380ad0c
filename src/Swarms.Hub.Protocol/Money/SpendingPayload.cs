using System.Text.Json;

namespace Swarms.Hub.Protocol;

/// <summary>The data of <c>spending</c>: the sums that one run's ending changed, as they are now.</summary>
/// <param name="Run">The run that ended.</param>
/// <param name="Total">The sums of the room.</param>
/// <param name="Member">Those of the member who started it.</param>
/// <param name="Agent">Those of its agent.</param>
/// <param name="Model">Those of its model.</param>
public sealed record SpendingPayload(
    string Run, SpendingFigures Total, SpendingFigures Member, SpendingFigures Agent, SpendingFigures Model)
{
    /// <summary>Reads the data of an event. A field that is missing or of another type is empty.</summary>
    public static SpendingPayload Read(JsonElement data) => new(
        data.Text("run") ?? "",
        SpendingFigures.Read(data.Object("total")),
        SpendingFigures.Read(data.Object("member")),
        SpendingFigures.Read(data.Object("agent")),
        SpendingFigures.Read(data.Object("model")));
}
