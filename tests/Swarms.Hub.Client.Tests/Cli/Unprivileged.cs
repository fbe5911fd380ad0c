using System.ComponentModel;
using System.Diagnostics;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A user whom permissions bind: root, as whom tests may run, writes where nobody may.</summary>
internal static class Unprivileged
{
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    /// <summary>The launcher of that program as such a user: empty for tests whose user is one, null where there is no way.</summary>
    public static string[]? FindLauncher(string program) =>
        OperatingSystem.IsWindows() ? null : !Environment.IsPrivilegedProcess ? [] : CanRead(program) ? AsNobody : null;

    private static bool CanRead(string program)
    {
        try
        {
            string[] arguments = [.. AsNobody[1..], "test", "-r", program];
            using var process = Process.Start(new ProcessStartInfo(AsNobody[0], arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
