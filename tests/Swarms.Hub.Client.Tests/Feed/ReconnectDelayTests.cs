namespace Swarms.Hub.Client.Tests;

public sealed class ReconnectDelayTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(5, 1, 16)]
    [InlineData(6, 1, 30)]
    [InlineData(int.MaxValue, 1, 30)]
    [InlineData(5, 0.25, 4)]
    [InlineData(5, 0, 0)]
    public void Wait_Is_A_Random_Part_Of_A_Cap_That_Doubles(int failures, double part, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ReconnectDelay.After(failures, Longest, part));
}
