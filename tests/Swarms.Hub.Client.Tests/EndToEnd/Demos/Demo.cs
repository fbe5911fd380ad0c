using System.Diagnostics;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

/// <summary>A program of client-demo, started with the command that its first lines give, and what it prints while it prints it.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private readonly StringBuilder _printed = new();
    private readonly char[] _buffer = new char[1024];
    private readonly Process _process;

    public Demo(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // A developer's room, proxy or encoding is not the test's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SWARMS_HUB_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        start.Environment["no_proxy"] = "*";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        _process = Process.Start(start)!;
    }

    /// <summary>The folder of the programs.</summary>
    public static string Folder { get; } = Path.GetFullPath("../../client-demo", HubProcess.Folder);

    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    /// <summary>Skips the test where what the program needs is missing. Fails it where everything must be tested.</summary>
    public static void SkipUnless(bool isThere, string advice)
    {
        if (isThere)
            return;

        Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, advice);
        Assert.Skip(advice);
    }

    /// <summary>Waits until it has printed that much, and fails where it is anything else.</summary>
    public async Task PrintsAsync(string text) => Assert.Equal(text, await ReadUntilAsync(printed => printed.Length >= text.Length));

    /// <summary>Waits until this holds for all that it printed, or it prints no more.</summary>
    public async Task<string> ReadUntilAsync(Func<string, bool> isEnough)
    {
        while (!isEnough(_printed.ToString()) && await ReadAsync())
            continue;

        return _printed.ToString();
    }

    /// <summary>The code with which others join the room that it created.</summary>
    public async Task<string> ReadInviteAsync()
    {
        var line = await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).InTime();
        const string Words = "Others join with SWARMS_HUB_INVITE=";
        Assert.StartsWith(Words, line, StringComparison.Ordinal);
        return line![Words.Length..];
    }

    /// <summary>Waits until it has ended by itself: all that it printed, its exit code, and the last line of what it told people.</summary>
    public async Task<(string Printed, int ExitCode, string LastWord)> EndsAsync()
    {
        await ReadUntilAsync(_ => false);
        var told = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).InTime();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
        return (_printed.ToString(), _process.ExitCode, told.TrimEnd().Split('\n')[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var read = await _process.StandardOutput.ReadAsync(_buffer, TestContext.Current.CancellationToken).InTime();
        _printed.Append(_buffer, 0, read);
        return read > 0;
    }
}
