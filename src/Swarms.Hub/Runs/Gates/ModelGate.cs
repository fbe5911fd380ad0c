using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Runs;

/// <summary>
/// Refuses a request that no upstream takes, with <c>invalid</c>: a model that is not there, a swarm for an upstream without swarms, a part
/// that its upstream does not know. Safe from any thread.
/// </summary>
internal sealed class ModelGate(UpstreamRouter upstreams) : IRunGate
{
    public bool AsksProposals => true;

    public void Enter(ActiveRun run)
    {
        if (upstreams.Refuse(run.Request.Kind, run.Request.Body, run.Request.Path) is { } refusal)
            throw new HubErrorException(ErrorCodes.Invalid, refusal);
    }

    public void Leave(ActiveRun run)
    {
    }
}
