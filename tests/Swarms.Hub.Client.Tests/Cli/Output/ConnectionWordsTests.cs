using Swarms.Hub.Cli;

namespace Swarms.Hub.Client.Tests.Cli;

public sealed class ConnectionWordsTests
{
    [Fact]
    public void Every_State_Has_The_Words_Of_The_Web_Page() => Assert.Equal(
        ["Offline, trying again", "Catching up", "Live", "Reconnecting", "Ended"],
        Enum.GetValues<ConnectionState>().Select(ConnectionWords.Of));
}
