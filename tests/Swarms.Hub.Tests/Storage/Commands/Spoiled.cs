namespace Swarms.Hub.Storage.Commands;

/// <summary>The kinds of damage of a file that a command is given.</summary>
public enum Spoiled
{
    Missing,
    NoDatabase,
    AnotherProgramsDatabase,
    OfANewerVersion,
    DamagedAtItsBeginning,
    DamagedInItsEvents,
    CutOff,
    TamperedWith,
}
