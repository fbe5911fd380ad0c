using System.Globalization;

namespace Swarms.Hub.LoadTest.Servers;

/// <summary>The cost of a server's processes so far, as Linux counts it.</summary>
internal sealed class ProcessFigures(Func<IEnumerable<int>> pids)
{
    // Linux fixes USER_HZ at 100 for programs.
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>The user and system time, with the kernel's work for the sender on loopback.</summary>
    public double CpuMicroseconds => pids().Sum(CpuTicks) * MicrosecondsPerTick;

    public double ResidentMegabytes => pids().Sum(ResidentKilobytes) / 1024;

    private static double CpuTicks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static double ResidentKilobytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(6, line.Length - 9), CultureInfo.InvariantCulture);
    }
}
