namespace Swarms.Hub.Protocol;

/// <summary>One way in which a call, a feed or a connection ends. See <see cref="Endings"/>.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="HttpStatus">The status of an HTTP answer; null if no answer has the code.</param>
/// <param name="CloseCode">The close code of a WebSocket that the hub closes for it; null if it closes none.</param>
/// <param name="ComeBack">The advice to the client: try again or not.</param>
public sealed record Ending(string Code, int? HttpStatus, int? CloseCode, ComeBack ComeBack);
