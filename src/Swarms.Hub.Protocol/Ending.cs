namespace Swarms.Hub.Protocol;

/// <summary>One way in which a call, a feed or a connection ends. See <see cref="Endings"/>.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="HttpStatus">The status of an HTTP answer; null where no answer carries the code.</param>
/// <param name="CloseCode">The close code of a WebSocket that the hub closes for it; null where it closes none.</param>
/// <param name="ComeBack">Whether the same client should try again.</param>
public sealed record Ending(string Code, int? HttpStatus, int? CloseCode, ComeBack ComeBack);
