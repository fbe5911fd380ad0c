using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Swarms.Hub.Storage.Model;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Support;

/// <summary>A migrated SQLite file without a row, made once for all tests: migrating takes longer than most of them.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<byte[]> File = new(Create);

    [ModuleInitializer]
    internal static void GiveToProcesses() => HubProcess.CreateDatabase = CreateAt;

    /// <summary>Creates the file with the mode of a hub's own.</summary>
    public static void CreateAt(string path)
    {
        using var file = OwnerFile.Open(path, FileMode.CreateNew);
        file.Write(File.Value);
    }

    private static byte[] Create()
    {
        var folder = Directory.CreateTempSubdirectory("swarms-hub-empty-");
        try
        {
            var path = Path.Combine(folder.FullName, "hub.db");
            var options = new DbContextOptionsBuilder<HubDbContext>().UseSqlite($"Data Source={path};Pooling=False").Options;
            using (var context = new HubDbContext(options))
                context.Database.Migrate();

            return System.IO.File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
