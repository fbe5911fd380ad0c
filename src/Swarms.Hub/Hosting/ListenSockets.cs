using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Swarms.Hub.Hosting;

/// <summary>Creates the sockets that the hub listens on. Connections inherit their settings.</summary>
internal static class ListenSockets
{
    /// <summary>
    /// The bytes that the kernel accepts for a connection beyond those on their way. A slow viewer then blocks the hub's send every few
    /// kilobytes, and each time the hub learns that it reads. With the send buffer alone it would learn that once in a third of the buffer.
    /// </summary>
    public const int MaxUnsentBytes = 16_384;

    // TCP_NOTSENT_LOWAT, for which .NET has no name. On other systems the send buffer is the only bound.
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
