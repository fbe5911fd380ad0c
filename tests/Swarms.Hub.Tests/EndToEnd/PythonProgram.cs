using System.Diagnostics;
using System.Text;
using Swarms.Hub.Testing;

namespace Swarms.Hub.EndToEnd;

/// <summary>A program in the system's own Python, with its output as it is printed.</summary>
internal sealed class PythonProgram : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly Task<string> _errors;

    public PythonProgram(string file, params string[] arguments)
    {
        _process = Start([Path.Combine(AppContext.BaseDirectory, "EndToEnd", file), .. arguments]);
        _errors = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Skips the test if there is no Python with requests; fails it if everything must be tested.</summary>
    public static async Task SkipWhereItIsMissingAsync()
    {
        if (await HasRequestsAsync())
            return;

        const string Missing = "There is no /usr/bin/python3 with requests: install python3 and python3-requests.";
        Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
        Assert.Skip(Missing);
    }

    /// <summary>Waits until the whole output is this text.</summary>
    public async Task PrintsAsync(string text)
    {
        var buffer = new char[256];
        while (_output.Length < text.Length)
        {
            var read = await _process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken).InTime();
            if (read == 0)
                break;

            _output.Append(buffer, 0, read);
        }

        Assert.Equal(text, _output.ToString());
    }

    /// <summary>Waits until it has ended without an error, and returns its output.</summary>
    public async Task<string> EndsAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).InTime());
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
        Assert.Equal((0, ""), (_process.ExitCode, await _errors));
        return _output.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private static async Task<bool> HasRequestsAsync()
    {
        if (!File.Exists(Python))
            return false;

        using var trial = Start(["-c", "import requests"]);
        await trial.WaitForExitAsync(TestContext.Current.CancellationToken).InTime();
        return trial.ExitCode == 0;
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["no_proxy"] = "*";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        return Process.Start(start)!;
    }
}
