namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class DotNetReconnectTests(StartedHub started) : ReconnectSpecification(started)
{
    internal override SdkProgram Start(Uri hub, string roomId, string token, TimeSpan serverTimeout) =>
        new DotNetProgram(hub, roomId, token, serverTimeout);
}
