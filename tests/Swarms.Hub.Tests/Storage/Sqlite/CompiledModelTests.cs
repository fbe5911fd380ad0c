using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Swarms.Hub.Storage.Model;

namespace Swarms.Hub.Storage.Sqlite;

/// <summary>The model exists three times: in HubDbContext, in the migrations, and as generated code.</summary>
public sealed class CompiledModelTests : IDisposable
{
    private readonly HubDbContext _context =
        new(new DbContextOptionsBuilder<HubDbContext>().UseSqlite("Data Source=:memory:").Options);

    [Fact]
    public void Compiled_Model_Is_What_The_Context_Says()
    {
        var dependencies = _context.GetService<ModelCreationDependencies>();
        var written = _context.GetService<IModelSource>().GetModel(_context, dependencies, designTime: false);

        Assert.NotSame(written, _context.Model);
        Assert.True(
            Describe(written) == Describe(_context.Model),
            $"The compiled model is not that of HubDbContext. Run .ci/update-model and commit what it writes.\n{Difference(written)}");
    }

    [Fact]
    public void Migrations_Make_The_Model_Of_The_Context() => Assert.False(
        _context.Database.HasPendingModelChanges(),
        "A migration is missing. Run dotnet ef migrations add NAME --project src/Swarms.Hub -o Storage/Sqlite/Migrations");

    public void Dispose() => _context.Dispose();

    private static string Describe(IModel model) =>
        $"{model.ToDebugString(MetadataDebugStringOptions.LongDefault)}\n"
        + model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault);

    private string Difference(IModel written) =>
        string.Join('\n', Describe(written).Split('\n').Except(Describe(_context.Model).Split('\n')));
}
