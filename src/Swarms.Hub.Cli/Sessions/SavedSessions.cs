using System.Text.Json;

namespace Swarms.Hub.Cli;

/// <summary>The rooms this user was admitted to, newest last, in a file that nobody else may read: it holds tokens.</summary>
internal sealed class SavedSessions(string folder)
{
    private const int MaxSessions = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary><c>~/.config/swarms-hub</c> on Linux, the place of settings elsewhere.</summary>
    public static string DefaultFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "swarms-hub");

    public string File { get; } = Path.Combine(folder, "sessions.json");

    /// <summary>The newest session that fits; null for any.</summary>
    public SavedSession? Find(string? hub, string? room) =>
        Load().LastOrDefault(session => (hub is null || session.Hub == hub) && (room is null || session.Room == room));

    public void Save(SavedSession session)
    {
        var sessions = Load().Where(other => other.Token != session.Token).Append(session).TakeLast(MaxSessions);
        var temporary = File + ".new";
        CreateFolder();
        // A file that was left over would keep its own mode.
        System.IO.File.Delete(temporary);
        using (var stream = new FileStream(temporary, FileOptionsForOwner()))
            JsonSerializer.Serialize(stream, sessions, Json);

        System.IO.File.Move(temporary, File, overwrite: true);
    }

    private SavedSession[] Load()
    {
        try
        {
            return JsonSerializer.Deserialize<SavedSession[]>(System.IO.File.ReadAllText(File), Json) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            throw new CommandException($"{File} cannot be read; repair or delete it.");
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions FileOptionsForOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return options;
    }
}
