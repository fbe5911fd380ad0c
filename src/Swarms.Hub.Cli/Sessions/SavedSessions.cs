using System.Text.Json;

namespace Swarms.Hub.Cli;

/// <summary>
/// The rooms this user was admitted to, newest last, in a file that nobody else may read: it holds tokens. Several consoles may use it at
/// once. A change holds a lock beside the file; readers see the file as it was before the change, or after it.
/// </summary>
internal sealed class SavedSessions(string folder)
{
    private const int MaxSessions = 100;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A session as long as any, for a trial.</summary>
    private static readonly SavedSession LongSession = new(new string('h', 512), new string('r', 128), new string('t', 256));

    /// <summary><c>~/.config/swarms-hub</c> on Linux, the place of settings elsewhere.</summary>
    public static string DefaultFolder =>
        Path.Combine(ApplicationData, "swarms-hub");

    private static string ApplicationData =>
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    public string File { get; } = Path.Combine(folder, "sessions.json");

    /// <summary>Takes a sentence about a file that others can read.</summary>
    public Action<string> Note { get; init; } = _ => { };

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The newest session that fits; null for any.</summary>
    public SavedSession? Find(string? hub, string? room) =>
        Load().LastOrDefault(session => (hub is null || session.Hub == hub) && (room is null || session.Room == room));

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<SavedSession> List() => [.. Load().Reverse()];

    /// <summary>
    /// Throws where <see cref="SaveAsync"/> would. Called before an admission, which cannot be taken back. It really writes: a full disk
    /// or a quota shows in no other way.
    /// </summary>
    public Task EnsureCanSaveAsync() => ChangeAsync(sessions => [.. sessions, LongSession], isTrial: true);

    public Task SaveAsync(SavedSession session) =>
        ChangeAsync(sessions => [.. sessions.Where(other => other.Token != session.Token).Append(session).TakeLast(MaxSessions)]);

    /// <summary>Gives every session of that token another token.</summary>
    public Task ReplaceAsync(string token, string with) => ChangeAsync(sessions =>
        [.. sessions.Select(session => session.Token == token ? session with { Token = with } : session)]);

    /// <summary>Removes every session of that token.</summary>
    public Task ForgetAsync(string token) => Load().Any(session => session.Token == token)
        ? ChangeAsync(sessions => [.. sessions.Where(session => session.Token != token)])
        : Task.CompletedTask;

    private async Task ChangeAsync(Func<SavedSession[], SavedSession[]> change, bool isTrial = false)
    {
        try
        {
            CreateFolder();
            using var _ = await FileLock.TakeAsync(File + ".lock", TimeProvider);
            var temporary = File + ".new";
            // A file that was left over would keep its own mode.
            System.IO.File.Delete(temporary);
            try
            {
                Write(temporary, change(Load()), isTrial);
                if (!isTrial)
                    System.IO.File.Move(temporary, File, overwrite: true);
            }
            finally
            {
                System.IO.File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{File} cannot be written: {e.Message}");
        }
        catch (ArgumentOutOfRangeException)
        {
            // EFBIG, as .NET reports it.
            throw new CommandException($"{File} cannot be written: the system lets files grow no more.");
        }
    }

    private static void Write(string path, SavedSession[] sessions, bool isTrial)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        using var stream = new FileStream(path, options);
        JsonSerializer.Serialize(stream, sessions, Json);
        // A power cut after the move would otherwise leave an empty file.
        stream.Flush(flushToDisk: !isTrial);
    }

    private SavedSession[] Load()
    {
        try
        {
            using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            KeepFromOthers(stream);
            var sessions = JsonSerializer.Deserialize<SavedSession[]>(stream, Json);
            return sessions is not null && sessions.All(session => session is not null) ? sessions : throw new JsonException();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            throw new CommandException($"{File} is not a list of saved rooms: repair or delete it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(Directory.Exists(File)
                ? $"{File} is a folder, and should be a file: move it away."
                : $"{File} cannot be read: {e.Message}");
        }
    }

    private void KeepFromOthers(FileStream stream)
    {
        if (OperatingSystem.IsWindows() || (System.IO.File.GetUnixFileMode(stream.SafeFileHandle) & Others) == 0)
            return;

        try
        {
            System.IO.File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
            Note($"Others could use {File}, which holds tokens; now only you can.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Note($"Others can use {File}, which holds tokens: make it yours alone.");
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
