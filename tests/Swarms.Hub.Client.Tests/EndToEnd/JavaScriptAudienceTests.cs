namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class JavaScriptAudienceTests(StartedHub started) : AudienceSpecification(started)
{
    internal override SdkProgram Start(Uri hub, string roomId, string token)
    {
        JavaScriptProgram.Require();
        return new JavaScriptProgram(hub, roomId, token, TimeSpan.FromSeconds(30), showsState: true);
    }
}
