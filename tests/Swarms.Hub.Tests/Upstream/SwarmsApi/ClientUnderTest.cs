using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Swarms.Hub.Protocol;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>
/// The upstream as the server composes it, with a test's settings. Without a base address it has no key, so the simulator answers.
/// </summary>
internal sealed class ClientUnderTest : IAsyncDisposable
{
    public const string Key = "sk-0123456789";

    private readonly ServiceProvider _services;

    public ClientUnderTest(Uri? baseAddress, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        if (baseAddress is not null)
        {
            values["Upstream:BaseAddress"] = baseAddress.ToString();
            values["Upstream:ApiKey"] = Key;
        }

        foreach (var (name, value) in settings)
            values[name] = value;

        var collection = new ServiceCollection();
        collection.AddLogging();
        if (time is not null)
            collection.AddSingleton(time);

        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        collection.AddUpstream();
        _services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public IUpstream Upstream => _services.GetRequiredService<IUpstream>();

    public Task<UpstreamResponse> SendAsync(
        string body = "{}", string kind = RunKinds.Agent, bool isStreamed = true, CancellationToken? cancellationToken = null) =>
        Upstream.SendAsync(new(kind, Encoding.UTF8.GetBytes(body), isStreamed), cancellationToken ?? TestContext.Current.CancellationToken)
            .InTime();

    public async Task<UpstreamException> RefusalAsync(string body = "{}", bool isStreamed = true) =>
        await Assert.ThrowsAsync<UpstreamException>(() => SendAsync(body, isStreamed: isStreamed));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
