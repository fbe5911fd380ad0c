namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class JavaScriptReconnectTests(StartedHub started) : ReconnectSpecification(started)
{
    internal override SdkProgram Start(Uri hub, string roomId, string token, TimeSpan serverTimeout)
    {
        JavaScriptProgram.Require();
        return new JavaScriptProgram(hub, roomId, token, serverTimeout);
    }
}
