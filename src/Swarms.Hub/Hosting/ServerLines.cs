using Swarms.Hub.Access;
using Swarms.Hub.Diagnostics;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Hosting;

/// <summary>Whom the hub talks to, and the operator's key on the day it is made.</summary>
internal sealed class ServerLines(IUpstream upstream, OperatorKey operatorKey, RoomCreation creation) : IStartupLine
{
    public string? Describe()
    {
        var source = upstream.Description.Kind == "simulator"
            ? "Upstream: the built-in simulator. Set Upstream:ApiKey or SWARMS_API_KEY to use the Swarms API."
            : $"Upstream: the Swarms API at {upstream.Description.Host}.";
        if (operatorKey.Generated is { } key)
            source += $"\nOperator key (shown this once; creates rooms where the hub listens on more than loopback): {key}";

        return creation.IsOpen ? source : source + "\nCreating rooms takes the operator key.";
    }
}
