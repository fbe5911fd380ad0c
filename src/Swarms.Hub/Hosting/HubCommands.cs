using System.CommandLine;
using Swarms.Hub.RoomLogs;
using Swarms.Hub.Settings;
using Swarms.Hub.Storage;
using Swarms.Hub.Storage.Commands;

namespace Swarms.Hub.Hosting;

/// <summary>
/// The commands <c>backup</c>, <c>restore</c>, <c>verify</c>, <c>export</c>, <c>import</c>, <c>invite</c> and <c>move-database</c>. They
/// work on the hub's database, so they take the hub's settings, such as <c>--Storage:Path</c>.
/// </summary>
internal static class HubCommands
{
    private static readonly string[] Questions = ["--help", "-h", "-?", "--version"];

    /// <summary>Runs a command and returns its exit code; returns null if the arguments name none and the hub is to run.</summary>
    public static int? TryRun(string[] args)
    {
        var (settings, command) = Split(args);
        // Settings alone start the hub. A question is answered also behind a setting that was not understood.
        if (command is [var first, ..] && IsSetting(first))
            command = [.. command.Intersect(Questions)];

        return command.Length == 0
            ? null
            : Create(settings).Parse(command).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    // The start of the hub checks that the setting exists.
    private static bool IsSetting(string argument) =>
        ((argument.StartsWith('-') || argument.StartsWith('/')) && !Questions.Contains(argument))
        || argument.Contains('=', StringComparison.Ordinal);

    // A setting's name has a colon or is the framework's; no command's option is such. Its value is the next argument, or follows an
    // equals sign.
    private static (string[] Settings, string[] Command) Split(string[] args)
    {
        var (settings, rest) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            var isSetting = name.StartsWith("--", StringComparison.Ordinal)
                && (name.Contains(':', StringComparison.Ordinal) || UnknownSettings.IsHostName(name[2..]));
            (isSetting ? settings : rest).Add(args[i]);
            if (isSetting && name == args[i] && i + 1 < args.Length && !Questions.Contains(args[i + 1]))
                settings.Add(args[++i]);
        }

        return ([.. settings], [.. rest]);
    }

    private static RootCommand Create(string[] settings)
    {
        var path = new Argument<string>("PATH") { Description = "The file." };
        var anyPath = new Argument<string?>("PATH")
        {
            Description = "A copy or an export; the hub's own database if left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var room = new Argument<string>("ROOM") { Description = "The room's id." };
        var revoke = new Option<bool>("--revoke") { Description = "Revoke the backup's tokens, invites, sessions and agents' secrets." };
        var cursor = new Option<string?>("--cursor") { Description = "Also say whether this cursor is of the database's history." };
        var from = new Option<string?>("--from") { Description = "The file or connection string; the hub's own database if left out." };
        var to = new Option<string>("--to") { Description = "The file or connection string of an empty database.", Required = true };
        return new RootCommand(
            "Swarms.Hub. Without a command it runs the hub; every setting is an argument, such as --Storage:Path FILE or --urls ADDRESS.")
        {
            Command(
                settings, "backup", "Copies the database to a new file and verifies it, also while the hub runs.", [path], [],
                (commands, result) => Print(commands.Backup(result.GetRequiredValue(path)))),
            Command(
                settings, "restore", "Puts a backup in the place of a stopped hub's database.", [path], [revoke],
                (commands, result) => Print(commands.Restore(result.GetRequiredValue(path), result.GetValue(revoke)))),
            Command(
                settings, "verify", "Recomputes every link, and names the first event that does not fit.", [anyPath], [cursor],
                (commands, result) => Print(commands.Verify(result.GetValue(anyPath), result.GetValue(cursor)))),
            Command(
                settings, "export", "Writes a room's whole log to a new file and verifies it, also while the hub runs.", [room, path], [],
                (commands, result) => Print(commands.Export(result.GetRequiredValue(room), result.GetRequiredValue(path)))),
            Command(
                settings, "import", "Takes an export into a stopped hub's database, as an archived room that nobody can enter.", [path], [],
                (commands, result) => Print(commands.Import(result.GetRequiredValue(path)))),
            Command(
                settings, "invite", "Makes a host's invite to a room that nobody can get into any more.", [room], [],
                (commands, result) => Print(commands.Invite(result.GetRequiredValue(room)))),
            Command(
                settings, "move-database", "Copies a stopped hub's database from SQLite to PostgreSQL or back, and verifies it.", [],
                [from, to], (commands, result) => Print(commands.MoveDatabase(result.GetValue(from), result.GetRequiredValue(to)))),
        };
    }

    private static Command Command(
        string[] settings, string name, string description, Argument[] arguments, Option[] options,
        Func<StorageCommands, ParseResult, int> run)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Add(argument);

        foreach (var option in options)
            command.Add(option);

        command.SetAction(result =>
        {
            var builder = WebApplication.CreateBuilder(ProgramFolder.AsContentRoot(settings));
            builder.AddHosting();
            builder.Services.AddStorage().AddSingleton<StorageCommands>().AddSingleton<IdGenerator>().AddSingleton(TimeProvider.System);
            using var services = builder.Services.BuildServiceProvider();
            // The other sections are the hub's, and a command reads none of them.
            UnknownSettings.Refuse(
                builder.Configuration, services.GetServices<SettingsSection>().Where(section => section.Options == typeof(StorageOptions)));
            return run(services.GetRequiredService<StorageCommands>(), result);
        });
        return command;
    }

    private static int Print((bool IsWhole, string Lines) found)
    {
        Print(found.Lines);
        return found.IsWhole ? 0 : 1;
    }

    private static int Print(string lines)
    {
        Console.WriteLine(lines);
        return 0;
    }
}
