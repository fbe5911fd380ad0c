using System.Text;
using Swarms.Hub.Access;

namespace Swarms.Hub.Runs;

/// <summary>
/// Counts the tasks of runs against what their members may write. Refuses with <c>rate_limited</c>. Safe from any thread.
/// </summary>
internal sealed class RateGate(CallRates rates) : IRunGate
{
    public bool AsksProposals => true;

    public void Enter(ActiveRun run) => rates.CountText(run.By, Encoding.UTF8.GetByteCount(run.Request.Task));

    public void Leave(ActiveRun run)
    {
    }
}
