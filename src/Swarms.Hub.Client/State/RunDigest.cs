using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

internal static class RunDigest
{
    /// <summary>Whether a finished run's text is the one its <c>done</c> event states; null where there is nothing to compare.</summary>
    public static bool? Matches(Run run)
    {
        if (run.State != EventTypes.Done || run.Text is null || run.Sha256 is null)
            return null;

        var bytes = Encoding.UTF8.GetBytes(run.Text);
        return run.Bytes is not { } length || length == bytes.Length
            ? string.Equals(Convert.ToHexString(SHA256.HashData(bytes)), run.Sha256, StringComparison.OrdinalIgnoreCase)
            : false;
    }
}
