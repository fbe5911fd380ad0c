namespace Swarms.Hub.Client.Tests.EndToEnd.Proxies;

public enum ProxyMode
{
    /// <summary>On a host name of its own.</summary>
    Root,

    /// <summary>Below a path.</summary>
    Path,

    /// <summary>On a host name of its own, without the lines for WebSockets.</summary>
    NoUpgrades,
}
