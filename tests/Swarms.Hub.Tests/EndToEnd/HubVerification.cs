using Swarms.Hub.Hosting;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>The hub's own command, beside the hub.</summary>
internal static class HubVerification
{
    /// <summary>Every link of the database fits, and each of the cursors is of its history.</summary>
    public static async Task VerifyAsync(this HubProcess hub, IEnumerable<string> cursors)
    {
        foreach (string[] arguments in cursors.Distinct().Select(cursor => new[] { "--cursor", cursor }).DefaultIfEmpty([]))
        {
            var verified = await HubStart.TryAsync(hub.Directory, ["verify", .. arguments, "--Storage:Path", hub.DatabasePath]);
            Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
            Assert.Contains("every link fits", verified.Output, StringComparison.Ordinal);
        }
    }
}
