namespace Swarms.Hub.Protocol;

/// <summary>A prompt that a room keeps ready for one of its agents.</summary>
/// <param name="Title">The title by which people choose it: 1 to 100 characters.</param>
/// <param name="Prompt">The task that it stands for: 1 to 2,000 characters.</param>
public sealed record AgentPreset(string Title, string Prompt);
