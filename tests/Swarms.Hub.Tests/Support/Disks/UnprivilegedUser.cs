using System.ComponentModel;
using System.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A user without privileges. Tests may run as root, whom file permissions do not stop.</summary>
internal static class UnprivilegedUser
{
    private const string Nobody = "65534";

    private static readonly string[] AsNobody = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];

    /// <summary>Returns the command that starts a program as this user: empty if the tests run as one, null if there is no way.</summary>
    public static IReadOnlyList<string>? FindLauncher() =>
        !OperatingSystem.IsLinux() ? null
        : !Environment.IsPrivilegedProcess ? []
        : Run([.. AsNobody, "test", "-r", HubProcess.Program]) ? AsNobody
        : null;

    /// <summary>Gives this user the folder with everything in it.</summary>
    public static void Give(string folder) =>
        Assert.True(!Environment.IsPrivilegedProcess || Run(["chown", "-R", $"{Nobody}:{Nobody}", folder]));

    private static bool Run(IReadOnlyList<string> command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
