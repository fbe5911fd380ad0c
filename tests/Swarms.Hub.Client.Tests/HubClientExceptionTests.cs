namespace Swarms.Hub.Client.Tests;

public sealed class HubClientExceptionTests
{
    [Theory]
    [InlineData(
        "An unexpected error occurred invoking 'React' on the server. HubException: invalid: The emoji is too long.",
        "invalid", "The emoji is too long.")]
    [InlineData(
        "An error occurred on the server while streaming results. HubException: not_found: No such room.", "not_found", "No such room.")]
    [InlineData("forbidden: Only hosts: may do that.\nReally.", "forbidden", "Only hosts: may do that.\nReally.")]
    [InlineData("Server timeout elapsed.", HubClientException.HubUnreachable, "Server timeout elapsed.")]
    [InlineData("Error: x", HubClientException.HubUnreachable, "Error: x")]
    [InlineData("", HubClientException.HubUnreachable, "")]
    public void Failure_Of_A_Hub_Method_Is_Read_As_Code_And_Sentence(string text, string code, string sentence)
    {
        var error = HubClientException.FromHub(new InvalidOperationException(text));

        Assert.Equal((code, sentence), (error.Code, error.Message));
    }
}
