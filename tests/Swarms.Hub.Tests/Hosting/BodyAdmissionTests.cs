using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Swarms.Hub.Support;

namespace Swarms.Hub.Hosting;

public sealed class BodyAdmissionTests(SharedHub shared)
{
    // The body is larger than a connection's socket buffers, so the client still sends when the answer is there.
    private static readonly byte[] Huge = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('a', 24_000_000)}}"}""");

    [Theory]
    [InlineData("/api/rooms", true, 8_192)]
    [InlineData("/api/rooms", false, 8_192)]
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

    [Fact]
    public async Task Rooms_Share_Bounds_Its_Bodies_At_Every_Door_And_Leaves_Others_Theirs()
    {
        await using var hub = HubUnderTest.Start(("Runs:MaxHeldBytes", "8000000"));
        var (host, other) = (await hub.CreateRoomAsync(), await hub.CreateRoomAsync());
        await using var stalled = await HalfSentAsync(host, "/v1/agent/completions", 900_000);
        var large = new { task = new string('a', 200_000) };

        (await host.PostAsync("/v1/agent/completions", large)).IsDetail(429);
        (await host.PostAsync($"{host.Path}/runs", new { request = large })).IsProblem(429, "queue_full");
        Assert.Equal(201, (await host.PostAsync($"{host.Path}/messages", new { text = "Small ones fit." })).Status);
        Assert.Equal(200, (await other.PostAsync("/v1/agent/completions", large)).Status);
    }

    // Returns once the hub reads the body.
    private static async Task<NetworkStream> HalfSentAsync(MemberCaller host, string path, int length)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {host.Token}\r\n"
            + $"Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"));
        // The hub asks for the body when it has admitted it.
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal("HTTP/1.1 100", Encoding.ASCII.GetString(answer));
        return stream;
    }
}
