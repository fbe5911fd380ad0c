namespace Swarms.Hub.Protocol;

/// <summary>
/// The ways in which a call, a feed or a connection can end, as one table for the hub and its clients. It has each code's HTTP status, its
/// WebSocket close code, and whether a client should come back. PROTOCOL.md shows the same table.
/// </summary>
public static class Endings
{
    /// <summary>Every ending, in the order of PROTOCOL.md.</summary>
    public static IReadOnlyList<Ending> All { get; } =
    [
        new(ErrorCodes.Unauthenticated, 401, 4401, ComeBack.No),
        new(ErrorCodes.Forbidden, 403, 4403, ComeBack.No),
        new(ErrorCodes.NotFound, 404, 4404, ComeBack.No),
        new(ErrorCodes.Invalid, 400, null, ComeBack.No),
        new(ErrorCodes.Conflict, 409, null, ComeBack.No),
        new(ErrorCodes.TooLarge, 413, null, ComeBack.No),
        new(ErrorCodes.RateLimited, 429, null, ComeBack.After),
        new(ErrorCodes.OverBudget, 402, null, ComeBack.No),
        new(ErrorCodes.QueueFull, 429, null, ComeBack.After),
        new(ErrorCodes.RoomFull, 507, null, ComeBack.No),
        new(ErrorCodes.Draining, 503, 4503, ComeBack.After),
        new(ErrorCodes.Starting, 503, null, ComeBack.After),
        new(ErrorCodes.Stalled, 408, 4408, ComeBack.Now),
        new(ErrorCodes.StorageUnavailable, 503, null, ComeBack.After),
        new(ErrorCodes.Internal, 500, null, ComeBack.After),
        new(ErrorCodes.UpstreamUnreachable, 502, null, ComeBack.No),
        new(ErrorCodes.UpstreamRejected, 502, null, ComeBack.No),
        new(ErrorCodes.UpstreamError, 502, null, ComeBack.No),
        new(ErrorCodes.UpstreamIdle, 504, null, ComeBack.No),
        new(ErrorCodes.TooLong, 504, null, ComeBack.No),
        new(ErrorCodes.UpstreamTruncated, 502, null, ComeBack.No),
    ];

    private static readonly Dictionary<string, Ending> ByCode = All.ToDictionary(ending => ending.Code);

    /// <summary>Returns the ending with this code; null for a code of a later version.</summary>
    public static Ending? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>Returns the ending that a WebSocket's close code stands for; null for any other close code.</summary>
    public static Ending? FindByCloseCode(int closeCode) => All.FirstOrDefault(ending => ending.CloseCode == closeCode);

    /// <summary>Returns the advice to a client after this code; an unknown code is worth another try later.</summary>
    public static ComeBack ComeBackAfter(string code) => Find(code)?.ComeBack ?? ComeBack.After;
}
