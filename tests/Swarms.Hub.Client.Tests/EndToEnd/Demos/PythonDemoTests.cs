namespace Swarms.Hub.Client.Tests.EndToEnd.Demos;

public sealed class PythonDemoTests(StartedHub started) : DemoSpecification(started)
{
    internal override Demo Start(Dictionary<string, string> settings)
    {
        Demo.SkipUnless(Demo.IsOnPath("python3"), "There is no python3 on the PATH: install it.");
        return new("python3", [Path.Combine(Demo.Folder, "python", "run.py")], settings);
    }
}
