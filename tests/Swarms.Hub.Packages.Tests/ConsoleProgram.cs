using Swarms.Hub.Client.Tests.EndToEnd;
using Swarms.Hub.Client.Tests.EndToEnd.Demos;

namespace Swarms.Hub.Packages;

/// <summary>The program of client-demo/csharp, with the package in place of the project.</summary>
public abstract class ConsoleProgram(StartedHub started, PackageFeed feed) : DemoSpecification(started), IAsyncLifetime
{
    private string? _folder;

    /// <summary>The program's folder, once it is built.</summary>
    protected string Folder => _folder!;

    /// <summary>A name of its own for what it builds.</summary>
    protected abstract string Name { get; }

    /// <summary>Properties of the project.</summary>
    protected abstract string Properties { get; }

    /// <summary>The command that builds it.</summary>
    protected abstract string[] Command { get; }

    public async ValueTask InitializeAsync()
    {
        var project = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <LangVersion>14</LangVersion>
                <InvariantGlobalization>true</InvariantGlobalization>
                {Properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Swarms.Hub.Client" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """;
        _folder = await feed.BuildAsync(Name, project, PackageFeed.InRepository("client-demo/csharp"), Command);
    }
}
