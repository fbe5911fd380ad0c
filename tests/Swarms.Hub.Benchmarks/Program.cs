using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// With --smoke every body runs once, in this process, so that the whole check finds a broken benchmark.
var isSmoke = args.Contains("--smoke");
if (isSmoke)
    Environment.SetEnvironmentVariable("SWARMS_HUB_SEARCH_RUNS", "1000");

var config = isSmoke
    ? ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
    : DefaultConfig.Instance;
string[] chosen = isSmoke ? ["--filter", "*"] : args;
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Swarms.Hub.BenchmarkHub).Assembly).Run(chosen, config).ToList();
return summaries.Count > 0
    && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
    ? 0
    : 1;
