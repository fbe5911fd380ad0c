using Microsoft.Win32.SafeHandles;

namespace Swarms.Hub.Cli;

/// <summary>
/// Standard output and error. Their writers fail where nobody reads them: .NET's own swallow that failure, so a command in front of
/// <c>| head</c> would never end.
/// </summary>
internal static class StandardStreams
{
    public static TextWriter OpenOutput() => Open(1, Console.IsOutputRedirected) ?? Console.Out;

    public static TextWriter OpenError() => Open(2, Console.IsErrorRedirected) ?? Console.Error;

    /// <summary>
    /// Null unless the descriptor is a pipe or a socket. A stream on a file would have a position of its own, and write over the output of
    /// other programs.
    /// </summary>
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
            // The descriptor was closed from the beginning. .NET's own writer deals with that.
            return null;
        }
    }
}
