using System.Text.Json.Serialization;

namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>A model as OpenAI's API describes it.</summary>
/// <param name="Id">The name by which a call asks for it.</param>
/// <param name="Created">The time since when the room has it, in seconds.</param>
/// <param name="OwnedBy">Who offers it.</param>
internal sealed record DoorModel(string Id, long Created, [property: JsonPropertyName("owned_by")] string OwnedBy)
{
    public string Object { get; } = "model";
}
