using System.CommandLine;
using Spectre.Console;
using Swarms.Hub.Cli;

var isTerminal = !Console.IsOutputRedirected;
var context = new CommandContext(Console.Out, Console.Error)
{
    Screen = isTerminal ? AnsiConsole.Console : null,
    In = Console.In,
};

// Long enough to cancel a run on the way out, which --cancel-on-exit asks for.
var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
return await HubCommands.Create(context).Parse(args).InvokeAsync(configuration);
