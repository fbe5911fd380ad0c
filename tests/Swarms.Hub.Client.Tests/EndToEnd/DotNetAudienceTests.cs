namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class DotNetAudienceTests(StartedHub started) : AudienceSpecification(started)
{
    internal override SdkProgram Start(Uri hub, string roomId, string token) =>
        new DotNetProgram(hub, roomId, token, TimeSpan.FromSeconds(30), showsState: true);
}
