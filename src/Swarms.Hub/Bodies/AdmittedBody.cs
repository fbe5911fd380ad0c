using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Streams;

namespace Swarms.Hub.Bodies;

/// <summary>
/// A request's body that is read only within bounds: its call's limit, the budget that all bodies share, and a deadline. A body that does
/// not fit is refused before it is read. Used by the request's loop. Its bytes are reserved until it is disposed, or handed on with a
/// <see cref="HeldBody"/>.
/// </summary>
internal sealed class AdmittedBody(HttpRequest request, long maxBytes, ByteBudget budget, Func<string> findHolder, TimeProvider time)
    : ReadOnlyStream
{
    // Small bodies come within this time or not at all.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // After it, a body must have come at half a megabit in each second. 16 MiB may take five minutes.
    private const int MinBytesPerSecond = 65_536;

    // A larger body counts twice, because its parsing and sending take about as much again.
    private const int SmallBytes = 65_536;

    // A body without a stated length is reserved in doubling steps from here.
    private const int FirstBytes = 8_192;

    private readonly Stream _inner = request.Body;
    private readonly long _started = time.GetTimestamp();
    private ByteBudget.Reservation? _reservation;
    private CancellationTokenSource? _deadline;
    private long _reserved;
    private long _read;

    /// <summary>The body of a request that went through the middleware; empty for one without a body.</summary>
    public static Task<HeldBody> ReadWholeAsync(HttpContext context) =>
        context.Request.Body is AdmittedBody body
            ? body.ReadWholeAsync(context.RequestAborted)
            : Task.FromResult(new HeldBody(default, null));

    /// <summary>Creates the refusal of a body that is larger than its call takes.</summary>
    public static HubErrorException TooLarge(long maxBytes) =>
        new(ErrorCodes.TooLarge, $"The body is larger than the {maxBytes} bytes that this call takes.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Checked before the first read, so that a client that waits for "100 Continue" sends no body at all.
        Admit();
        _deadline ??= new CancellationTokenSource(Grace, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
        int read;
        try
        {
            read = await _inner.ReadAsync(buffer, ended.Token);
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TooSlow();
        }

        _read += read;
        if (_read > maxBytes)
            throw TooLarge(maxBytes);

        if (read > 0)
            Postpone();

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reservation?.Dispose();
            _reservation = null;
            _deadline?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HeldBody> ReadWholeAsync(CancellationToken cancellationToken)
    {
        Admit();
        var length = request.ContentLength;
        // Memory that no byte has reached yet costs nothing.
        var buffer = GC.AllocateUninitializedArray<byte>((int)(length ?? FirstBytes));
        var count = 0;
        while (true)
        {
            if (count == buffer.Length && length is null)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1));

            // The last read of a body whose length is stated is empty, and ends it for the server.
            var read = await ReadAsync(count < buffer.Length ? buffer.AsMemory(count) : new byte[1], cancellationToken);
            if (read == 0)
                break;

            count += read;
        }

        var reservation = _reservation;
        _reservation = null;
        return new HeldBody(WithoutMark(buffer.AsMemory(0, count)), reservation);
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;

    private void Admit()
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);

        var needed = request.ContentLength ?? Math.Min(Math.Max(FirstBytes, _read + 1), maxBytes);
        if (_reservation is not null && needed <= _reserved)
            return;

        var more = Math.Min(Math.Max(needed - _reserved, _reserved), maxBytes - _reserved);
        if (_reservation is null)
            _reservation = budget.TryReserve(findHolder(), CostOf(more)) ?? throw Full();
        else if (!_reservation.TryAdd(CostOf(_reserved + more) - CostOf(_reserved)))
            throw Full();

        _reserved += more;
    }

    private static long CostOf(long bytes) => bytes + Math.Max(0, bytes - SmallBytes);

    private void Postpone()
    {
        var due = Grace + TimeSpan.FromSeconds((double)_read / MinBytesPerSecond) - time.GetElapsedTime(_started);
        _deadline!.CancelAfter(due > TimeSpan.Zero ? due : TimeSpan.Zero);
    }

    private static HubErrorException TooSlow() => new(
        ErrorCodes.Stalled,
        "The body did not come in time: a small one may take 30 seconds, and a larger one a second more for each 64 KiB.");

    private static HubErrorException Full() => new(
        ErrorCodes.QueueFull,
        "The requests that are being read or wait to be sent are too large together (Runs:MaxHeldBytes). Try again when some have begun.",
        TimeSpan.FromSeconds(10));
}
