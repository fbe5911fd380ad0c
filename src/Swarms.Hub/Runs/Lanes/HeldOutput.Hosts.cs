using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <content>What hosts decide about the text that is held.</content>
internal sealed partial class HeldOutput
{
    /// <summary>The passages that hosts may mask in one run.</summary>
    internal const int MaxMasks = 1_000;

    /// <summary>
    /// Masks a passage. When it returns, the mask is stored and the passage is never released. Refuses with <c>invalid</c> a place that is
    /// none in the text so far, with <c>conflict</c> what was released, and with <c>too_large</c> one mask too many.
    /// </summary>
    public async Task MaskAsync(string by, int start, int end, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            RequireHeld();
            if (start < 0 || end <= start)
                throw Invalid("start and end must be a place in the lane's text, and end must be behind start.");

            if (end > _held.Length)
                throw Invalid($"end is behind the lane's text, which has {_held.Length} characters so far.");

            if (start < _held.Released)
            {
                throw new HubErrorException(
                    ErrorCodes.Conflict, $"The text is released up to {_held.Released}: what the room has is not masked any more.");
            }

            if (_masks >= MaxMasks)
            {
                throw new HubErrorException(
                    ErrorCodes.TooLarge, $"At most {MaxMasks} passages of a run are masked. Cancel the run instead.");
            }

            var range = _held.Grow(start, end);
            await _lane.MaskAsync(range, by, cancellationToken);
            _held.Mask(range);
            _masks++;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Releases the text up to a place, or everything that is held now. A character is released whole or not at all: the place moves back
    /// to its beginning.
    /// </summary>
    public async Task ReleaseAsync(string by, int? to, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            RequireHeld();
            if (to < 0)
                throw Invalid("to must be a place in the lane's text, or null for all that is held.");

            if (to > _held.Length)
                throw Invalid($"to is behind the lane's text, which has {_held.Length} characters so far.");

            var isAll = to is null || to == _held.Length;
            var place = isAll ? _held.Length : _held.FindBorder(to!.Value);
            if (isAll ? _held.Next is null : place <= Math.Max(_held.Released, _releasedTo))
                return;

            await _lane.ReleaseAsync(place, by, cancellationToken);
            (_releasedTo, _hasReleased) = (Math.Max(_releasedTo, place), true);
            foreach (var item in isAll ? _held.Items : [])
                item.IsFreed = true;
        }
        finally
        {
            _turn.Release();
        }

        Wake();
    }

    private void RequireHeld()
    {
        // A run that waits has an output already, which tells its moves.
        if (_releasing is null || _isOver || _run.Reason is not null)
            throw NothingHeld();
    }

    /// <summary>Creates the refusal of a run of which nothing is held.</summary>
    public static HubErrorException NothingHeld() =>
        new(ErrorCodes.Conflict, "Nothing of this run is held back, so there is nothing to mask or to release.");

    private static HubErrorException Invalid(string sentence) => new(ErrorCodes.Invalid, sentence);
}
