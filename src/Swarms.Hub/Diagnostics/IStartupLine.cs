namespace Swarms.Hub.Diagnostics;

/// <summary>One line for the person who starts the hub; null where there is nothing to say.</summary>
internal interface IStartupLine
{
    string? Describe();
}
