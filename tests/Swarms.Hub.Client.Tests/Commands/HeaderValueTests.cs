namespace Swarms.Hub.Client.Tests;

public sealed class HeaderValueTests : RoomClientTestBase
{
    public static TheoryData<string> Uncarried => ["tökén", "a b", "a\nb", "x\u200b", " x", "x ", "a\tb", "a\0b", "a\u007fb", "日本", "a\r", " "];

    [Theory]
    [MemberData(nameof(Uncarried), DisableDiscoveryEnumeration = true)]
    public void Token_That_No_Header_Carries_Is_Refused_Where_It_Is_Given_And_Not_Repeated(string token)
    {
        using var client = new HubClient(Hub.Address);

        var error = Assert.ThrowsAny<ArgumentException>(() => client.OpenRoom("room1", token));

        Assert.Equal("token", error.ParamName);
        AssertWithout(token, error.Message);
    }

    [Theory]
    [MemberData(nameof(Uncarried), DisableDiscoveryEnumeration = true)]
    public void Key_That_No_Header_Carries_Is_Refused_Where_It_Is_Given_And_Not_Repeated(string key)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new HubClientOptions { OperatorKey = key });

        Assert.Equal(nameof(HubClientOptions.OperatorKey), error.ParamName);
        AssertWithout(key, error.Message);
    }

    [Fact]
    public async Task Token_Of_All_Characters_That_A_Header_Carries_Arrives_As_It_Is()
    {
        var token = string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(letter => (char)letter));
        PublicCalls.AnswerAll(Hub);
        using var client = new HubClient(Hub.Address, new HubClientOptions { OperatorKey = token });
        var room = client.OpenRoom("room1", token);

        await client.CreateRoomAsync("Biology", cancellationToken: TestContext.Current.CancellationToken);
        await room.GetMemberAsync(TestContext.Current.CancellationToken);
        Watch(room);
        var viewer = await Hub.NextViewerAsync();

        Assert.Equal(["Bearer " + token, "Bearer " + token], Hub.Calls.Select(call => call.Authorization));
        Assert.Equal("Bearer " + token, viewer.Authorization);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Token_That_Is_None_Is_Refused(string? token) =>
        Assert.ThrowsAny<ArgumentException>(() => new HubClient(Hub.Address).OpenRoom("room1", token!));

    private static void AssertWithout(string secret, string message)
    {
        if (secret.Trim().Length > 1)
            Assert.DoesNotContain(secret, message, StringComparison.Ordinal);
    }
}
