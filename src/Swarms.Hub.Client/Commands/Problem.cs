using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swarms.Hub.Client;

/// <summary>The part of RFC 9457's problem details that the hub's refusals have.</summary>
internal sealed record Problem(string? Code, string? Title, string? Detail, string? Suggestion);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
