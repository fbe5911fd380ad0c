using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.PostgreSql;

/// <summary>
/// The schema as PostgreSQL has it: names in small letters, texts compared letter by letter, and a fence for each room.
/// </summary>
internal sealed class PostgreSqlDbContext(DbContextOptions<PostgreSqlDbContext> options) : HubDbContext(options)
{
    /// <summary>The sequence that gives each hub that opens the database a higher fence.</summary>
    public const string Fences = "fences";

    /// <summary>The sequence of the rooms' numbers.</summary>
    public const string RoomKeys = "room_keys";

    // JSON, in which U+0000 is escaped, and the store's own facts.
    private static readonly string[] WithoutNul = ["Data", "View", "Sums", "Settings", "Value"];

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ids are compared and sorted by their code points, as everywhere else.
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.HasSequence<long>(Fences);
        modelBuilder.HasSequence<long>(RoomKeys);
        modelBuilder.Entity<RoomRow>(row =>
        {
            row.Property(r => r.Key).ValueGeneratedNever();
            // The number of the hub that writes the room. A hub with a lower number writes nothing in it any more.
            row.Property<long>("Fence");
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            Adapt(property);

        foreach (var index in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes()))
            index.SetFilter(index.GetFilter()?.ToLowerInvariant());
    }

    // Statements without quotes find the columns under these names, on both databases.
    private static void Adapt(IMutableProperty property)
    {
        property.SetColumnName(property.Name.ToLowerInvariant());
        // PostgreSQL refuses U+0000 in a text, also in an id that somebody asks for.
        if (property.ClrType == typeof(string) && !WithoutNul.Contains(property.Name))
            property.SetValueConverter(new Text());
    }

    private sealed class Text() : ValueConverter<string, string>(
        text => StoredText.EncodeWhole(text), stored => StoredText.Decode(stored));
}
