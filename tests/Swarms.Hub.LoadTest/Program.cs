using Swarms.Hub.LoadTest;
using Swarms.Hub.LoadTest.Scenarios;

GeneratorSettings.Apply();
try
{
    var options = LoadOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(Usage.Text);
        return 0;
    }

    return options.Scenario switch
    {
        "feed" => await FeedScenario.RunAsync(options),
        "slow-viewers" => await SlowViewersScenario.RunAsync(options),
        "growth" => await GrowthScenario.RunAsync(options),
        "reconnect-storm" => await StormScenario.RunAsync(options),
        "soak" => await SoakScenario.RunAsync(options),
        "join" => await JoinScenario.RunAsync(options),
        "idle" => await IdleScenario.RunAsync(options),
        "commits" => await CommitsScenario.RunAsync(options),
        "storage" => await StorageScenario.RunAsync(options),
        _ => throw new ArgumentException($"{options.Scenario} is no scenario. --help lists them."),
    };
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
