namespace Swarms.Hub.Gateway.OpenAi;

/// <summary>The next piece of an answer; one of the three is given.</summary>
/// <param name="Content">Text.</param>
/// <param name="Reasoning">Text of the model's reasoning.</param>
/// <param name="Call">A call of a tool.</param>
internal readonly record struct ChatDelta(string? Content = null, string? Reasoning = null, ChatToolCall? Call = null);
