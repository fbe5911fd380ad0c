using Microsoft.Win32.SafeHandles;

namespace Swarms.Hub.Cli;

/// <summary>
/// Standard output and error, which fail where nobody reads them. The console's own writers take a closed pipe for a reader that
/// reads on, so a command behind <c>| head</c> would never end.
/// </summary>
internal static class StandardStreams
{
    public static TextWriter OpenOutput() => Open(1, Console.IsOutputRedirected) ?? Console.Out;

    public static TextWriter OpenError() => Open(2, Console.IsErrorRedirected) ?? Console.Error;

    /// <summary>Null for all but a pipe or a socket. Files must share one position with other programs, which a stream of our own would not.</summary>
    private static StreamWriter? Open(int descriptor, bool isRedirected)
    {
        if (!isRedirected || OperatingSystem.IsWindows())
            return null;

        try
        {
            var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : new StreamWriter(stream, Console.OutputEncoding) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Closed from the beginning: the console's own writer says so, or swallows it.
            return null;
        }
    }
}
