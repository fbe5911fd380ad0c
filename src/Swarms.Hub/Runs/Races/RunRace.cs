using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>
/// The runs of one group while they are active. The queue gives them their turn together, and a blind group stops together, so that a limit
/// does not tell its runs apart. Safe from any thread once <see cref="Runs"/> is set, which happens before the gates are asked.
/// </summary>
internal sealed class RunRace(string id, bool isBlind)
{
    private readonly Lock _lock = new();
    private (HubErrorException? Refusal, bool IsKnown) _turn;

    public string Id { get; } = id;

    public bool IsBlind { get; } = isBlind;

    /// <summary>The runs in order of their numbers.</summary>
    public IReadOnlyList<ActiveRun> Runs { get; set; } = [];

    /// <summary>The strictest solitude of its runs.</summary>
    public RunSolitude Solitude => Runs.Max(run => run.Solitude);

    /// <summary>Returns the place of a run in the group.</summary>
    public GroupPlace PlaceOf(ActiveRun run) => new(Id, Runs.Index().First(one => one.Item == run).Index + 1);

    /// <summary>Returns the refusal of their turn, the same for all of them; the first to ask finds it out.</summary>
    public HubErrorException? RefuseTurn(Func<HubErrorException?> find)
    {
        lock (_lock)
        {
            if (!_turn.IsKnown)
                _turn = (find(), true);

            return _turn.Refusal;
        }
    }
}
