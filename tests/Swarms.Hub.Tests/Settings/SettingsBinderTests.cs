using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Swarms.Hub.Settings;

public sealed class SettingsBinderTests
{
    [Fact]
    public void Every_Form_Of_Setting_Is_Read()
    {
        var parts = Read(
            ("Parts:MaxBytes", "2 MiB"), ("Parts:Wait", "3 min"), ("Parts:Count", " 7 "), ("Parts:IsOn", "FALSE"), ("Parts:Day", "sunday"),
            ("Parts:Home", "http://localhost"), ("Parts:Name", "x"), ("Parts:Origins", "https://a; https://b"));

        Assert.Equal((2_097_152, TimeSpan.FromMinutes(3), 7), (parts.MaxBytes, parts.Wait, parts.Count));
        Assert.Equal((false, DayOfWeek.Sunday, "x"), (parts.IsOn, parts.Day, parts.Name));
        Assert.Equal(new Uri("http://localhost"), parts.Home);
        Assert.Equal(["https://a", "https://b"], parts.Origins);
    }

    [Fact]
    public void List_Has_One_Setting_For_Each_Item_Too() =>
        Assert.Equal(["https://a", "https://b"], Read(("Parts:Origins:0", "https://a"), ("Parts:Origins:1", "https://b")).Origins);

    [Fact]
    public void Setting_That_Is_Left_Out_Keeps_Its_Default() => Assert.Equal(new Parts().Wait, Read(("Parts:Count", "1")).Wait);

    [Theory]
    [InlineData("MaxBytes", "16MB", "Parts:MaxBytes must be 1 KiB to 1 GiB, such as 1 MiB, but is '16MB'.")]
    [InlineData("MaxBytes", "", "Parts:MaxBytes must be 1 KiB to 1 GiB, such as 1 MiB, but is empty.")]
    [InlineData("Wait", "2", "Parts:Wait must be 1 s to 1 d, such as 2 min, but is '2'. A time has a unit: 2 s, 2 min.")]
    [InlineData("Wait", "2 d", "Parts:Wait must be 1 s to 1 d, such as 2 min, but is '2 d'.")]
    [InlineData("Count", "many", "Parts:Count must be a whole number from 1 to 10,000, but is 'many'.")]
    [InlineData("Count", "0", "Parts:Count must be a whole number from 1 to 10,000, but is '0'.")]
    [InlineData("IsOn", "yes", "Parts:IsOn must be true or false, but is 'yes'.")]
    [InlineData("Day", "3", "Parts:Day must be Sunday or Monday or Tuesday or Wednesday or Thursday or Friday or Saturday, but is '3'.")]
    [InlineData("Home", "http://a:b", "Parts:Home must be an address such as http://localhost/.")]
    [InlineData("Name", " ", "Parts:Name must not be empty.")]
    [InlineData("Key", "secret", "Parts:Key must have at least 16 characters, but has 6.")]
    [InlineData("Origins", "http://a b", "Parts:Origins must be an origin such as https://example.org, but is 'http://a b'.")]
    [InlineData("Origins:0", "a", "Parts:Origins:0 must be an origin such as https://example.org, but is 'a'.")]
    public void Wrong_Setting_Is_Refused_By_Its_Name_With_Its_Form(string name, string value, string sentence)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(($"Parts:{name}", value)));

        Assert.Equal([sentence], refusal.Failures);
    }

    [Fact]
    public void Every_Wrong_Setting_Of_A_Section_Is_Named_At_Once() =>
        Assert.Equal(2, Assert.Throws<OptionsValidationException>(() => Read(("Parts:Count", "0"), ("Parts:Wait", "x"))).Failures.Count());

    private static Parts Read(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSettings<Parts>("Parts");
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<Parts>>().Value;
    }

    private sealed class Parts
    {
        [Range(1024, 1_073_741_824)]
        public int MaxBytes { get; set; } = 1_048_576;

        [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
        public TimeSpan Wait { get; set; } = TimeSpan.FromMinutes(2);

        [Range(1, 10_000)]
        public int Count { get; set; } = 64;

        public bool IsOn { get; set; } = true;

        public DayOfWeek? Day { get; set; }

        public Uri Home { get; set; } = new("http://localhost");

        [Required]
        public string Name { get; set; } = "name";

        [MinLength(16)]
        public string? Key { get; set; }

        [RegularExpression("^https?://[^ ]+$", ErrorMessage = "an origin such as https://example.org")]
        public IList<string> Origins { get; init; } = [];
    }
}
