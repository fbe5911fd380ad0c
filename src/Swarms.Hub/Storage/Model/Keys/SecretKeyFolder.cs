using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The keys that encrypt the secrets in the database, one file each in a folder beside it. Only their owner may read them. A new key is
/// made every 90 days, and old ones stay, because they decrypt what they encrypted. Safe from any thread.
/// </summary>
internal sealed class SecretKeyFolder(string path) : IXmlRepository
{
    public const string Suffix = ".keys";

    private const string Pattern = "*.xml";

    /// <summary>Creates the provider for a database. It makes the folder and the first key with the first secret, not before.</summary>
    public static IDataProtectionProvider Open(string databasePath)
    {
        var folder = new SecretKeyFolder(databasePath + Suffix);
        return DataProtectionProvider.Create(
            new DirectoryInfo(databasePath + Suffix),
            protection => protection.SetApplicationName("Swarms.Hub")
                .AddKeyManagementOptions(options => options.XmlRepository = folder));
    }

    /// <summary>Copies the keys of one database to another. Does nothing if there are none.</summary>
    public static void Copy(string fromDatabase, string toDatabase)
    {
        if (!Directory.Exists(fromDatabase + Suffix))
            return;

        Create(toDatabase + Suffix);
        foreach (var file in Directory.GetFiles(fromDatabase + Suffix, Pattern))
            Write(Path.Combine(toDatabase + Suffix, Path.GetFileName(file)), File.ReadAllBytes(file));
    }

    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(path)
        ? [.. Directory.GetFiles(path, Pattern).Order(StringComparer.Ordinal).Select(Read).OfType<XElement>()]
        : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        Create(path);
        // The framework names its keys by their ids.
        var name = string.Concat(friendlyName.Where(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'));
        Write(Path.Combine(path, $"{name}.xml"), System.Text.Encoding.UTF8.GetBytes(element.ToString()));
    }

    // A damaged key decrypts nothing. Whoever needs it is told so, and the other keys serve.
    private static XElement? Read(string file)
    {
        try
        {
            return XElement.Load(file);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // The file appears whole under its name, also if the process ends here.
    private static void Write(string file, byte[] bytes)
    {
        var partial = file + ".new";
        File.Delete(partial);
        using (var stream = OwnerFile.Open(partial, FileMode.CreateNew))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, file, overwrite: true);
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
