using Swarms.Hub.LoadTest;
using Swarms.Hub.LoadTest.Scenarios;

GeneratorSettings.Apply();
try
{
    var options = LoadOptions.Parse(args);
    return options.Scenario switch
    {
        "feed" => await FeedScenario.RunAsync(options),
        "reconnect-storm" => await StormScenario.RunAsync(options),
        "join" => await JoinScenario.RunAsync(options),
        _ => throw new ArgumentException("The scenario must be feed, reconnect-storm or join."),
    };
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
