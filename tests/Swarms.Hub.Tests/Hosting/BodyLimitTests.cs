using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class BodyLimitTests(SharedHub shared)
{
    // The body is larger than a connection's socket buffers, so the client still sends when the answer is there.
    private static readonly byte[] Huge = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('a', 24_000_000)}}"}""");

    [Theory]
    [InlineData("/api/rooms", true, 1_048_576)]
    [InlineData("/api/rooms", false, 1_048_576)]
    [InlineData("/v1/agent/completions", true, 16_777_216)]
    [InlineData("/v1/agent/completions", false, 16_777_216)]
    public async Task Client_That_Sends_All_Of_A_Body_That_Is_Too_Large_Reads_Why(string path, bool isLengthStated, long limit)
    {
        var host = await shared.Hub.CreateRoomAsync();
        using var content = new ByteArrayContent(Huge) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = content,
            Headers = { TransferEncodingChunked = !isLengthStated },
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(
            $"{limit} bytes", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
