using Microsoft.Extensions.Options;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>Bounds the memory of requests that were accepted and are not sent yet. Refuses with <c>queue_full</c>. Safe from any thread.</summary>
internal sealed class HeldRequests(IOptions<RunOptions> options) : IRunGate
{
    // A waiting run also keeps a task, a state and a place: so many small requests are bounded too.
    private const int RunBytes = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<ActiveRun, long> _held = [];
    private long _bytes;

    public void Enter(ActiveRun run)
    {
        var bytes = run.Request.BodyBytes + RunBytes;
        lock (_lock)
        {
            if (_bytes > 0 && _bytes + bytes > options.Value.MaxHeldBytes)
            {
                throw new HubErrorException(
                    ErrorCodes.QueueFull,
                    "The requests that wait to be sent are too large together (Runs:MaxHeldBytes). Start it again when some have begun.",
                    TimeSpan.FromSeconds(10));
            }

            _held.Add(run, bytes);
            _bytes += bytes;
        }
    }

    public void Sent(ActiveRun run) => Leave(run);

    public void Leave(ActiveRun run)
    {
        lock (_lock)
        {
            if (_held.Remove(run, out var bytes))
                _bytes -= bytes;
        }

        run.DropBody();
    }
}
