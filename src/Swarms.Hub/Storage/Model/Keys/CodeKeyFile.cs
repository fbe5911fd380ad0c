using System.Security.Cryptography;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The key of the invites' codes, in a file beside the database: a code has 57 bits, so its hash alone could be guessed by whoever reads
/// the database.
/// </summary>
internal static class CodeKeyFile
{
    public const string Suffix = ".key";

    private const int Size = 32;

    /// <summary>Returns the key; creates the file if it does not exist.</summary>
    public static byte[] ReadOrCreate(string databasePath)
    {
        var path = databasePath + Suffix;
        try
        {
            if (!File.Exists(path))
                Create(path);

            var text = File.ReadAllText(path).Trim();
            return text.Length == 2 * Size && text.All(char.IsAsciiHexDigit)
                ? Convert.FromHexString(text)
                : throw new StorageUnusableException(
                    $"{path} holds no key. Put it back from a backup, or delete it: the codes of invites then end, and links stay");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnusableException($"{path} cannot be read or written: check that this user may", e);
        }
    }

    // The file appears whole under its name, also if the process ends here.
    private static void Create(string path)
    {
        var partial = path + ".new";
        File.Delete(partial);
        using (var file = OwnerFile.Open(partial, FileMode.CreateNew))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path);
    }
}
