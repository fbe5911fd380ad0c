using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>Creates the context for <c>dotnet ef migrations add</c>, which must not start a hub.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<HubDbContext>
{
    public HubDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<HubDbContext>().UseSqlite("Data Source=design.db").Options);
}
