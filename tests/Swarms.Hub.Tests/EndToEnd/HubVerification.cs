using Swarms.Hub.Hosting;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>Runs the hub's own <c>verify</c> command beside the running hub.</summary>
internal static class HubVerification
{
    /// <summary>Requires that every link of the database fits, and that the cursor, if given, is of its history.</summary>
    public static async Task VerifyAsync(this HubProcess hub, string? cursor = null)
    {
        string[] held = cursor is null ? [] : ["--cursor", cursor];
        var verified = await HubStart.TryAsync(hub.Directory, ["verify", .. held, "--Storage:Path", hub.DatabasePath]);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
        Assert.Contains("Every link fits", verified.Output, StringComparison.Ordinal);
    }
}
