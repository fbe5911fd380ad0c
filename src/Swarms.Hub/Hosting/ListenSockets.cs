using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Swarms.Hub.Hosting;

/// <summary>The sockets that the hub listens on. Connections inherit their settings.</summary>
internal static class ListenSockets
{
    /// <summary>
    /// What the kernel takes for a connection beyond what is on its way. A viewer that reads slowly then holds the hub up, and is
    /// known to read, every few kilobytes; with the send buffer alone the hub would hear of it once in a third of that.
    /// </summary>
    public const int MaxUnsentBytes = 16_384;

    // TCP_NOTSENT_LOWAT, which .NET has no name for. Elsewhere the send buffer is the only bound.
    private const int LinuxUnsentLowWaterMark = 25;

    public static Socket Create(EndPoint endpoint, int sendBufferBytes)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = sendBufferBytes;
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint)
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, LinuxUnsentLowWaterMark, BitConverter.GetBytes(MaxUnsentBytes));

        return socket;
    }
}
