using Swarms.Hub.LoadTest.Generator;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>The servers that can be measured, by the names of <c>--servers</c>.</summary>
internal static class ServerCatalog
{
    public static ServerUnderTest Create(string name, LoadOptions options) => name switch
    {
        "hub" => new HubServer(options, "Swarms.Hub", Repository.HubPath),
        ['h', 'u', 'b', ':', .. var path] => new HubServer(options, path, path),
        "group" => RelayServer.DotNet("SignalR group send", "group", new GroupDialect()),
        "kestrel" => RelayServer.DotNet("raw Kestrel", "kestrel", new PlainDialect()),
        "socketio" => RelayServer.Node("socket.io", "socketio.mjs", new SocketIoDialect()),
        "ws" => RelayServer.Node("ws", "ws.mjs", new PlainDialect()),
        "nchan" => new NchanServer(),
        _ => throw new ArgumentException($"{name} is no server; these are: hub, group, kestrel, socketio, ws, nchan."),
    };
}
