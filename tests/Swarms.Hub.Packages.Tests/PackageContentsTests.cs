using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace Swarms.Hub.Packages;

/// <summary>What a package says of itself, and what is in it.</summary>
public sealed class PackageContentsTests(PackageFeed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => ["Swarms.Hub.Protocol", "Swarms.Hub.Client"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Package_Has_A_Library_And_Its_Documents_For_Each_Framework(string name)
    {
        using var package = await OpenAsync(name, "nupkg");

        var files = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Contains("README.md", files);
        Assert.Equal(
            [$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", $"lib/net8.0/{name}.dll", $"lib/net8.0/{name}.xml"],
            files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Package_Says_Its_Licence_Its_Readme_And_What_It_Is_For(string name)
    {
        var description = await ReadDescriptionAsync(name);

        var licence = description.Element("license")!;
        Assert.Equal(("expression", "MIT"), (licence.Attribute("type")!.Value, licence.Value));
        Assert.Equal("README.md", description.Element("readme")!.Value);
        Assert.NotEmpty(description.Element("description")!.Value);
        Assert.NotEmpty(description.Element("tags")!.Value);
        Assert.Equal("Swarms.Hub contributors", description.Element("authors")!.Value);
    }

    [Fact]
    public async Task Client_Asks_For_The_Libraries_Of_Each_Framework_And_For_Its_Own_Protocol()
    {
        var description = await ReadDescriptionAsync("Swarms.Hub.Client");

        var asked = description.Element("dependencies")!.Elements("group").ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => group.Elements().ToDictionary(of => of.Attribute("id")!.Value, of => of.Attribute("version")!.Value));

        Assert.Equal(["net10.0", "net8.0"], asked.Keys.Order(StringComparer.Ordinal));
        Assert.All(asked.Values, packages => Assert.Equal(feed.Version, packages["Swarms.Hub.Protocol"]));
        Assert.StartsWith("8.0.", asked["net8.0"]["Microsoft.AspNetCore.SignalR.Client"], StringComparison.Ordinal);
        Assert.StartsWith("10.0.", asked["net10.0"]["Microsoft.AspNetCore.SignalR.Client"], StringComparison.Ordinal);
        Assert.All(asked.Values, packages => Assert.DoesNotContain("Microsoft.CodeAnalysis.PublicApiAnalyzers", packages.Keys));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Symbols_Hold_The_Sources(string name)
    {
        using var package = await OpenAsync(name, "snupkg");
        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            var symbols = package.GetEntry($"lib/{framework}/{name}.pdb");
            Assert.NotNull(symbols);
            using var file = new MemoryStream();
            await using (var read = await symbols.OpenAsync(CancellationToken))
                await read.CopyToAsync(file, CancellationToken);

            file.Position = 0;
            using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
            var reader = provider.GetMetadataReader();
            var sources = reader.Documents.Where(document => reader.GetCustomDebugInformation(document)
                .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource)).ToList();
            Assert.Equal(reader.Documents.Count, sources.Count);
            Assert.NotEmpty(sources);
        }
    }

    private async Task<XElement> ReadDescriptionAsync(string name)
    {
        using var package = await OpenAsync(name, "nupkg");
        await using var file = await package.GetEntry($"{name}.nuspec")!.OpenAsync(CancellationToken);
        var document = await XDocument.LoadAsync(file, LoadOptions.None, CancellationToken);
        foreach (var element in document.Descendants())
            element.Name = element.Name.LocalName;

        return document.Root!.Element("metadata")!;
    }

    private Task<ZipArchive> OpenAsync(string name, string extension) =>
        ZipFile.OpenReadAsync(Path.Combine(feed.Packages, $"{name}.{feed.Version}.{extension}"), CancellationToken);
}
