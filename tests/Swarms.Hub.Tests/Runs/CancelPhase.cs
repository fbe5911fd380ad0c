
namespace Swarms.Hub.Runs;

/// <summary>The phase in which a run is cancelled.</summary>
public enum CancelPhase
{
    BeforeHeaders,
    InHeaders,
    BeforeFirstChunk,
    BetweenChunks,
    WithinChunk,
    AfterUsage,
}

internal static class CancelPhases
{
    public static string Bytes(this CancelPhase phase) => phase switch
    {
        CancelPhase.BeforeHeaders => "",
        CancelPhase.InHeaders => RawHub.Head[..40],
        CancelPhase.BeforeFirstChunk => RawHub.Head + ": thinking\n\n",
        CancelPhase.BetweenChunks => RawHub.Head + Sse.Chunk("Once "),
        CancelPhase.WithinChunk => RawHub.Head + Sse.Chunk("Once ") + Sse.Chunk("upon")[..20],
        _ => RawHub.Head + Sse.Chunk("Once ") + Sse.Usage,
    };

    public static string Text(this CancelPhase phase) => phase >= CancelPhase.BetweenChunks ? "Once " : "";
}
