using Swarms.Hub.Protocol;

namespace Swarms.Hub.Runs;

/// <summary>What a blind group hides of one run, as the store keeps it until a host reveals the group.</summary>
/// <param name="Revealed">What <c>group.revealed</c> will show. Of a removed run only what the sums need is left.</param>
/// <param name="By">The member who started it.</param>
/// <param name="HasSpent">Whether the upstream may have begun to work for it.</param>
internal sealed record HiddenRun(RevealedRun Revealed, string By, bool HasSpent)
{
    /// <summary>Returns what is known of a run that is queued.</summary>
    public static HiddenRun Of(ActiveRun run) => new(
        new RevealedRun(run.Id, run.Request.Agent)
        {
            Kind = run.Request.Kind == RunKinds.Agent ? null : run.Request.Kind,
            Reserved = run.Reserved,
        },
        run.By,
        HasSpent: false);

    /// <summary>Returns what is known of a run by its room alone.</summary>
    public static HiddenRun Of(Run run) => new(new RevealedRun(run.Id, run.Agent), run.By ?? "", HasSpent: false);

    /// <summary>Returns what is left once the run was removed: its figures, which count all the same, and no name.</summary>
    public HiddenRun Remove() => this with
    {
        Revealed = new RevealedRun(Revealed.Run, new RunAgent(null, null)) { Reserved = Revealed.Reserved, Usage = Revealed.Usage },
    };

    /// <summary>Returns what the run adds to the hub's sums of a day, where its room goes before its group is revealed.</summary>
    public SpendingChange.AddToHub ToHub(DateOnly day)
    {
        var run = new Run { Id = Revealed.Run, Kind = RunKinds.Agent, Agent = Revealed.Agent, Task = "", State = "", QueuedAt = default };
        var spent = HasSpent ? Spent.Of(RoomSums.Add(null, ToSpent(run)).Sums.Total) : default;
        return new SpendingChange.AddToHub(day, spent.Tokens, spent.Cost);
    }

    /// <summary>Returns the run with the figures that count in the sums.</summary>
    public Run ToSpent(Run run) => run with
    {
        By = By,
        Agent = Revealed.Agent,
        Reserved = Revealed.Reserved,
        Usage = Revealed.Usage,
    };
}
