using Swarms.Hub.Bodies;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// Holds the bytes of requests that are accepted and not yet sent in the budget that their bodies were read under. Refuses with
/// <c>queue_full</c>. Follows <see cref="RunQueue"/>, which says whether a run waits. Safe from any thread.
/// </summary>
internal sealed class HeldRequests(ByteBudget budget) : IRunGate
{
    // A run also keeps a task, a state and a place. Counting them bounds the number of small requests.
    internal const int RunBytes = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<ActiveRun, ByteBudget.Reservation> _held = [];

    public bool AsksProposals => true;

    public void Enter(ActiveRun run)
    {
        // A request over SignalR comes with a message and not as a body.
        var reservation = run.Request.Reservation?.Keep() ?? budget.TryReserve(run.Log.Id, run.Request.Body.Length);
        if (reservation?.TryAdd(RunBytes) != true || ((run.Position > 0 || run.IsProposed) && !reservation.TryWait()))
        {
            reservation?.Dispose();
            throw new HubErrorException(
                ErrorCodes.QueueFull,
                "The requests that wait to be sent are too large together (Runs:MaxHeldBytes). Start it again when some have begun.",
                TimeSpan.FromSeconds(10));
        }

        lock (_lock)
            _held.Add(run, reservation);
    }

    public void Sent(ActiveRun run) => Leave(run);

    public void Leave(ActiveRun run)
    {
        ByteBudget.Reservation? reservation;
        lock (_lock)
            _held.Remove(run, out reservation);

        reservation?.Dispose();
        run.DropBody();
    }
}
