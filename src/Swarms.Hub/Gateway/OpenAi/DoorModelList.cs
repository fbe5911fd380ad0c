namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>The answer of <c>GET /v1/models</c>.</summary>
/// <param name="Data">The models.</param>
internal sealed record DoorModelList(IReadOnlyList<DoorModel> Data)
{
    public string Object { get; } = "list";
}
