using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Swarms.Hub.Support;

/// <summary>Calls the hub over HTTP as a program would: it keeps no cookies and follows no redirects.</summary>
internal class Caller(Uri address, string? token = null)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public Uri Address { get; } = address;

    public string? Token { get; } = token;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync<T>(string path, T body, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), headers: headers);

    public Task<Answer> PutAsync<T>(string path, T body, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Put, path, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), headers: headers);

    public Task<Answer> PatchAsync<T>(string path, T body, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), headers: headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Sends a body byte for byte.</summary>
    public Task<Answer> SendRawAsync(
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte> body,
        string? contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        var content = new ReadOnlyMemoryContent(body);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        return SendAsync(method, path, content, headers);
    }

    public Task<Answer> PostTextAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), headers: headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var response = await OpenAsync(method, path, content, headers);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Returns the answer before its body is read.</summary>
    public Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
