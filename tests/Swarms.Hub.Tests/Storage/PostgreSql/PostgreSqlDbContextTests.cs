using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Swarms.Hub.Storage.PostgreSql;

public sealed class PostgreSqlDbContextTests
{
    [Fact]
    public void Migrations_Make_The_Model_Of_The_Context()
    {
        using var context = new PostgreSqlDesignTimeContext().CreateDbContext([]);

        Assert.False(
            context.Database.HasPendingModelChanges(),
            "A migration is missing. Run dotnet ef migrations add NAME --context PostgreSqlDbContext --project src/Swarms.Hub "
            + "-o Storage/PostgreSql/Migrations -n Swarms.Hub.Storage.PostgreSql.Migrations");
    }

    [Fact]
    public void Names_Are_In_Small_Letters_And_Texts_Are_Compared_By_Their_Code_Points()
    {
        using var context = new PostgreSqlDesignTimeContext().CreateDbContext([]);
        var columns = context.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).ToList();

        Assert.All(columns, column => Assert.Equal(column.GetColumnName().ToLowerInvariant(), column.GetColumnName()));
        Assert.All(columns.Where(column => column.ClrType == typeof(string)), column => Assert.Equal("C", column.GetCollation()));
    }
}
