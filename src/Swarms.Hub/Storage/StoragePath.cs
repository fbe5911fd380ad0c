using Microsoft.Extensions.Options;

namespace Swarms.Hub.Storage;

/// <summary>Makes <see cref="StorageOptions.Path"/> a full path, and refuses one that does not say where the file is.</summary>
internal static class StoragePath
{
    public static void Resolve(StorageOptions options, IHostEnvironment environment)
    {
        var given = options.Path;
        if (given is "~" || given.StartsWith("~/", StringComparison.Ordinal))
            throw Refusal($"Storage:Path is '{given}', and only a shell knows what ~ is. Write the whole path.");

        if (given.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || given == ":memory:")
            throw Refusal($"Storage:Path must be the path of a file, such as /var/lib/swarms-hub/hub.db, but is '{given}'.");

        options.Path = Path.GetFullPath(given, environment.ContentRootPath);
        // Earlier versions started at the current folder. Their rooms must not seem lost.
        if (Path.GetFullPath(given) is var former && former != options.Path && File.Exists(former) && !File.Exists(options.Path))
        {
            throw Refusal(
                $"Storage:Path is '{given}', which starts at the program's folder: there is no {options.Path}, but there is {former}. "
                + $"Move that file, or name it in full: --Storage:Path {former}");
        }
    }

    private static OptionsValidationException Refusal(string sentence) => new("Storage", typeof(StorageOptions), [sentence]);
}
