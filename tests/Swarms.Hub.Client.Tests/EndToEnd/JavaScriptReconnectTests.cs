namespace Swarms.Hub.Client.Tests.EndToEnd;

public sealed class JavaScriptReconnectTests(StartedHub started) : ReconnectSpecification(started)
{
    internal override SdkProgram Start(Uri hub, string roomId, string token, TimeSpan serverTimeout)
    {
        var isRequired = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        Assert.SkipWhen(JavaScriptProgram.Missing is not null && !isRequired, JavaScriptProgram.Missing ?? "");
        return new JavaScriptProgram(hub, roomId, token, serverTimeout);
    }
}
