using Spectre.Console;
using Swarms.Hub.Cli;

var isTerminal = !Console.IsOutputRedirected;
using var interruption = new Interruption();
using var signals = new ExitSignals(interruption);
var error = StandardStreams.OpenError();
var context = new CommandContext(StandardStreams.OpenOutput(), error)
{
    IsTerminal = isTerminal,
    // A terminal that cannot move its cursor (TERM=dumb) is given lines, as a file is.
    Screen = isTerminal && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null,
    In = () => Console.In,
    Sessions = new SavedSessions(SavedSessions.DefaultFolder) { Note = error.WriteLine },
    Interruption = interruption,
};
return await HubCommands.InvokeAsync(context, args);
