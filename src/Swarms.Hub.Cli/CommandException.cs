namespace Swarms.Hub.Cli;

/// <summary>Why a command cannot be done, in one sentence for its user.</summary>
internal sealed class CommandException(string message) : Exception(message);
