using System.Globalization;
using System.Net;

namespace Swarms.Hub.LoadTest;

/// <summary>The options of the command line; <see cref="Usage"/> lists them.</summary>
internal sealed record LoadOptions
{
    public string Scenario { get; private init; } = "feed";

    public IReadOnlyList<string> Servers { get; private init; } = ["hub"];

    public int Rooms { get; init; } = 1;

    /// <summary>The number of viewers in each room.</summary>
    public int Viewers { get; init; } = 100;

    /// <summary>The number of runs in each room.</summary>
    public int Runs { get; init; } = 20;

    /// <summary>The chunks a second in each room, over all of its runs.</summary>
    public double Rate { get; init; } = 1000;

    public int ChunkBytes { get; init; } = 24;

    /// <summary>The chunks in each run of a history, in the scenario join.</summary>
    public int RunChunks { get; private init; } = 2000;

    public int Seconds { get; private init; } = 5;

    /// <summary>
    /// The seconds in which .NET compiles hot code, twice. A shorter time would show the compiler's cost, not the server's.
    /// </summary>
    public int Warmup { get; private init; } = 15;

    public int Repeat { get; private init; } = 3;

    /// <summary>The number of further viewers of the first room that stop reading.</summary>
    public int Stalled { get; init; }

    /// <summary>The number of further viewers of the first room that read 1 kB a second.</summary>
    public int Trickling { get; init; }

    public bool Json { get; private init; }

    public bool Help { get; private init; }

    public IPEndPoint? Hub { get; private init; }

    public int? HubProcess { get; private init; }

    public int UpstreamPort { get; private init; }

    /// <summary>The settings passed to the hub as they are, such as <c>--set Rooms:Tick=00:00:00.033</c>.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    /// <summary>The environment variables of the hub.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <summary>Parses the arguments; throws <see cref="ArgumentException"/> with a sentence.</summary>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal))
                options = options with { Scenario = name };
            else if (name == "--help")
                options = options with { Help = true };
            else if (name == "--json")
                options = options with { Json = true };
            else if (name == "--smoke")
                options = options with { Viewers = 20, Runs = 2, Rate = 100, Warmup = 1, Seconds = 2, Repeat = 1 };
            else
            {
                options = options.With(
                    name, ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{name} is not known, or needs a value."));
            }
        }

        return options;
    }

    private LoadOptions With(string name, string value) => name switch
    {
        "--preset" => Preset(value),
        "--servers" => this with { Servers = value.Split(',') },
        "--rooms" => this with { Rooms = Integer(name, value) },
        "--viewers" => this with { Viewers = Integer(name, value) },
        "--runs" => this with { Runs = Integer(name, value) },
        "--rate" => double.TryParse(value, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? this with { Rate = rate }
            : throw new ArgumentException("--rate must be more than 0."),
        "--chunk-bytes" => this with { ChunkBytes = Integer(name, value) },
        "--run-chunks" => this with { RunChunks = Integer(name, value) },
        "--seconds" => this with { Seconds = Integer(name, value) },
        "--warmup" => this with { Warmup = Integer(name, value) },
        "--repeat" => this with { Repeat = Integer(name, value) },
        "--stalled" => this with { Stalled = Integer(name, value) },
        "--trickling" => this with { Trickling = Integer(name, value) },
        "--hub" => IPEndPoint.TryParse(value, out var hub)
            ? this with { Hub = hub }
            : throw new ArgumentException("--hub must be an address and a port, like 127.0.0.1:5080."),
        "--hub-process" => this with { HubProcess = Integer(name, value) },
        "--upstream-port" => this with { UpstreamPort = Integer(name, value) },
        "--env" => value.Split('=', 2) is [var variable, var content]
            ? this with { Environment = new Dictionary<string, string>(Environment) { [variable] = content } }
            : throw new ArgumentException("--env must be NAME=VALUE."),
        "--set" => this with { Settings = [.. Settings, $"--{value}"] },
        _ => throw new ArgumentException($"{name} is not known."),
    };

    // Each preset has one room and the pace of the project's targets.
    private LoadOptions Preset(string value) => value switch
    {
        "100x1000" => this with { Rooms = 1, Viewers = 100, Runs = 20, Rate = 1000 },
        "1000x50" => this with { Rooms = 1, Viewers = 1000, Runs = 1, Rate = 50 },
        "1000x1000" => this with { Rooms = 1, Viewers = 1000, Runs = 20, Rate = 1000 },
        _ => throw new ArgumentException("--preset must be 100x1000, 1000x50 or 1000x1000 (viewers x chunks a second)."),
    };

    private static int Integer(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} must be a whole number.");
}
