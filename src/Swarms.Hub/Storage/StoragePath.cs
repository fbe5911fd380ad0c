using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage;

/// <summary>
/// Makes <see cref="StorageOptions.Path"/> a full path. Refuses one that does not say where the file is, and a provider without its
/// database.
/// </summary>
internal static class StoragePath
{
    public static void Resolve(StorageOptions options, IHostEnvironment environment)
    {
        RefuseProvider(options);
        var given = options.Path;
        if (given is "~" || given.StartsWith("~/", StringComparison.Ordinal))
            throw Refusal($"Storage:Path is '{given}', and only a shell knows what ~ is. Write the whole path.");

        if (given.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || given == ":memory:")
            throw Refusal($"Storage:Path must be the path of a file, such as /var/lib/swarms-hub/hub.db, but is '{given}'.");

        options.Path = Path.GetFullPath(given, environment.ContentRootPath);
        // Earlier versions started at the current folder. Their rooms must not seem lost.
        if (options.Provider == StorageProvider.Sqlite && Path.GetFullPath(given) is var former && former != options.Path
            && File.Exists(former) && !File.Exists(options.Path))
        {
            throw Refusal(
                $"Storage:Path is '{given}', which starts at the program's folder: there is no {options.Path}, but there is {former}. "
                + $"Move that file, or name it in full: --Storage:Path {former}");
        }
    }

    // A connection string is never repeated, because it may hold a password.
    private static void RefuseProvider(StorageOptions options)
    {
        if (options.Provider == StorageProvider.PostgreSql && options.ConnectionString.Length == 0)
        {
            throw Refusal(
                "Storage:Provider is PostgreSql, and Storage:ConnectionString is missing. "
                + "Set it to the database, such as Host=localhost;Database=hub;Username=hub.");
        }

        if (options.Provider == StorageProvider.Sqlite && options.ConnectionString.Length > 0)
        {
            throw Refusal(
                "Storage:ConnectionString is set, and Storage:Provider is Sqlite, which takes none. "
                + "Set Storage:Provider to PostgreSql, or remove the connection string.");
        }
    }

    private static OptionsValidationException Refusal(string sentence) => new("Storage", typeof(StorageOptions), [sentence]);
}
