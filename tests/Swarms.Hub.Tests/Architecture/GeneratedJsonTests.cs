using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Architecture;

/// <summary>Trimmed programs read and write the wire types by generated code, so it must have all that the .NET client names.</summary>
public sealed partial class GeneratedJsonTests
{
    [Fact]
    public void Generated_Code_Has_Every_Type_That_The_Client_Reads_Or_Sends()
    {
        var protocol = typeof(ProtocolJson).Assembly;
        var context = (JsonSerializerContext)protocol.GetType("Swarms.Hub.Protocol.ProtocolJsonContext", throwOnError: true)!
            .GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!
            .GetValue(null)!;
        var types = Repository.Files("*.cs")
            .Where(file => file.StartsWith("src/Swarms.Hub.Client/", StringComparison.Ordinal))
            .SelectMany(file => WireTypes().Matches(Repository.Read(file)))
            .Select(match => protocol.GetType($"Swarms.Hub.Protocol.{match.Groups["type"].Value}"))
            .OfType<Type>()
            .Distinct()
            .ToList();

        Assert.InRange(types.Count, 40, 200);
        Assert.Equal([], types.Where(type => context.GetTypeInfo(type) is null).Select(type => type.Name));
    }

    [GeneratedRegex(@"\b(?:SendAsync|Of)<(?<type>\w+)>|\b(?<type>\w+Request)\b")]
    private static partial Regex WireTypes();
}
