using Swarms.Hub.Support;

namespace Swarms.Hub.Gateway;

public sealed class UnknownDoorsTests(SharedHub shared)
{
    private const string Doors = "POST /v1/agent/completions, POST /v1/swarm/completions";

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/agent/completions/more")]
    [InlineData("POST", "/v1/chat/other")]
    [InlineData("DELETE", "/v1")]
    public async Task Unknown_Address_Says_Which_Doors_There_Are_In_Both_Forms(string method, string path)
    {
        var refused = (await shared.Hub.Anybody().SendAsync(new HttpMethod(method), path, null)).IsNoDoor(404, "not_found");

        AssertListsDoors(refused);
    }

    [Fact]
    public async Task Wrong_Method_Says_Which_One_The_Door_Takes()
    {
        var refused = (await shared.Hub.Anybody().GetAsync("/v1/agent/completions")).IsNoDoor(405, "invalid");

        Assert.Equal("POST", refused.Headers["Allow"]);
        AssertListsDoors(refused);
    }

    [Fact]
    public async Task Door_Itself_Refuses_In_The_Swarms_Form() =>
        (await shared.Hub.Anybody().PostAsync("/v1/agent/completions", new { task = "x" })).IsDetail(401);

    private static void AssertListsDoors(Answer refused)
    {
        var sentence = refused.Json.GetProperty("detail").GetString();
        Assert.All(Doors.Split(", "), door => Assert.Contains(door, sentence, StringComparison.Ordinal));
    }
}
