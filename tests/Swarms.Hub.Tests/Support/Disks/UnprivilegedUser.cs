using System.ComponentModel;
using System.Diagnostics;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>Somebody whom permissions bind: root, as whom tests may run, writes where nobody may.</summary>
internal static class UnprivilegedUser
{
    private const string Nobody = "65534";

    private static readonly string[] AsNobody = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"];

    /// <summary>What starts a program as that user: nothing where the tests' own user is one, null where there is no way.</summary>
    public static IReadOnlyList<string>? FindLauncher() =>
        !OperatingSystem.IsLinux() ? null
        : !Environment.IsPrivilegedProcess ? []
        : Run([.. AsNobody, "test", "-r", HubProcess.Assembly]) ? AsNobody
        : null;

    /// <summary>The folder becomes that user's, with all that is in it.</summary>
    public static void Give(string folder) => Assert.True(!Environment.IsPrivilegedProcess || Run(["chown", "-R", $"{Nobody}:{Nobody}", folder]));

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
