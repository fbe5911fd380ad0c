using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Swarms.Hub.Access;
using Swarms.Hub.Protocol;
using Swarms.Hub.Storage;
using Swarms.Hub.Upstream;

namespace Swarms.Hub.Hosting;

/// <summary>
/// Prints the hub's addresses, its database, its upstream and a newly generated operator key once the hub is ready. The lines are for
/// the person who started it, so they do not go to the log. Where the log is JSON, each is an object as the log's lines are.
/// </summary>
internal sealed class StartupBanner(
    IServer server, IHostApplicationLifetime lifetime, UpstreamRouter upstream, OperatorKey operatorKey,
    InviteCodes codes, RoomCreationPolicy creation, IOptions<StorageOptions> storage, IWebHostEnvironment environment,
    IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns the lines to print.</summary>
    internal IEnumerable<string> Describe()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            yield return $"Swarms.Hub is ready: open {ToOpen(address)}";

        yield return $"Database: {storage.Value.FindPlace()}";
        yield return upstream.Description switch
        {
            { Kind: UpstreamKinds.Simulator } =>
                "Upstream: the built-in simulator, whose answers are invented. "
                + "Set Upstream:ApiKey or SWARMS_API_KEY to use the Swarms API.",
            { Kind: UpstreamKinds.Swarms } swarms => $"Upstream: the Swarms API at {swarms.Host}.",
            var other => $"Upstream: {other.Kind} at {other.Host}.",
        };
        foreach (var other in upstream.Others)
            yield return $"Upstream {other.Name}: {other.Description.Kind} at {other.Description.Host}.";

        if (operatorKey.Generated is { } key)
            yield return $"Operator key (shown this once; creates rooms where the hub listens on more than loopback): {key}";

        if (codes.AreLost)
        {
            yield return "The key of the invites' codes is another than before, so earlier codes are not valid any more; links are. "
                + "Make new invites, or put back the .key file that belongs to the database.";
        }

        if (!creation.IsOpen)
            yield return "Creating rooms takes the operator key.";

        if (ProgramFolder.FindMissingPage(environment) is not null)
            yield return PageExtensions.NotBuilt(environment).TrimEnd();

        if (ProgramFolder.FindIgnoredSettings(environment) is { } ignored)
            yield return $"Not read: {ignored}. The hub's settings file is {Path.Combine(environment.ContentRootPath, "appsettings.json")}";
    }

    private static string ToOpen(string address) => address
        .Replace("//[::]", "//localhost", StringComparison.Ordinal)
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);

    private static string ToJson(string line) => JsonSerializer.Serialize(
        new { EventId = 0, LogLevel = nameof(LogLevel.Information), Category = "Swarms.Hub", Message = line }, ProtocolJson.Options);

    private void Print()
    {
        var isJson = configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json;
        foreach (var line in Describe())
            Console.WriteLine(isJson ? ToJson(line) : line);
    }
}
