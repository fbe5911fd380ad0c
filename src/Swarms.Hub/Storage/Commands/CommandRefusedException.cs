namespace Swarms.Hub.Storage.Commands;

/// <summary>A command cannot do what it was asked for. The message is one clear sentence for the operator.</summary>
internal sealed class CommandRefusedException(string message) : Exception(message);
