namespace Swarms.Hub.Storage.Commands;

/// <summary>What may be the matter with a file that a command is given.</summary>
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
