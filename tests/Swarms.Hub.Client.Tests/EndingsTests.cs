using System.Text.Json;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client.Tests;

public sealed class EndingsTests
{
    [Fact]
    public void Table_Is_The_One_That_All_Clients_Are_Compared_With()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol-cases", "endings.json")));
        var expected = file.RootElement.EnumerateArray().Select(row => new Ending(
            row.GetProperty("code").GetString()!,
            Number(row.GetProperty("httpStatus")),
            Number(row.GetProperty("closeCode")),
            Enum.Parse<ComeBack>(row.GetProperty("comeBack").GetString()!, ignoreCase: true)));

        Assert.Equal(expected, Endings.All);
    }

    [Theory]
    [InlineData(4408, ErrorCodes.Stalled)]
    [InlineData(1000, null)]
    [InlineData(0, null)]
    public void Close_Code_Stands_For_Its_Ending(int closeCode, string? code) => Assert.Equal(code, Endings.FindByCloseCode(closeCode)?.Code);

    [Fact]
    public void Code_Of_A_Later_Version_Is_Worth_Another_Try() => Assert.Equal(ComeBack.After, Endings.ComeBackAfter("something_of_later"));

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
}
