namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>A call of a tool that the model asks its caller for. The hub executes none.</summary>
/// <param name="Index">Its place among the calls of the answer.</param>
/// <param name="Id">The id by which the caller gives the result.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments, as JSON text.</param>
internal sealed record ChatToolCall(int Index, string Id, string Name, string Arguments);
