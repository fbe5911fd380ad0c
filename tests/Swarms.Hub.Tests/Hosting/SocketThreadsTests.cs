namespace Swarms.Hub.Hosting;

public sealed class SocketThreadsTests
{
    [Fact]
    public void Process_That_Is_Not_The_Hubs_Own_Is_Left_As_It_Is()
    {
        SocketThreads.Use();

        Assert.Null(Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"));
    }
}
