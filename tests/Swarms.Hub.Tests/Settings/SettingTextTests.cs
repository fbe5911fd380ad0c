namespace Swarms.Hub.Settings;

public sealed class SettingTextTests
{
    [Theory]
    [InlineData("16 MiB", 16_777_216)]
    [InlineData("16MiB", 16_777_216)]
    [InlineData(" 1.5 kib ", 1536)]
    [InlineData("1 GiB", 1_073_741_824)]
    [InlineData("12 B", 12)]
    [InlineData("16777216", 16_777_216)]
    [InlineData("-1", -1)]
    public void Size_Is_Read_As_It_Is_Written(string text, long bytes) =>
        Assert.Equal((true, bytes), (SettingText.TryReadBytes(text, out var read), read));

    [Theory]
    [InlineData("16 MB")]
    [InlineData("16 M")]
    [InlineData("0.3 B")]
    [InlineData("1,024")]
    [InlineData("MiB")]
    [InlineData("99999999999 GiB")]
    [InlineData("")]
    public void Size_That_Could_Mean_Another_Is_None(string text) => Assert.False(SettingText.TryReadBytes(text, out _));

    [Theory]
    [InlineData("2 min", 120_000)]
    [InlineData("2min", 120_000)]
    [InlineData("16 ms", 16)]
    [InlineData("1.5 s", 1500)]
    [InlineData("1 h", 3_600_000)]
    [InlineData("1 d", 86_400_000)]
    [InlineData("00:02:00", 120_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("00:00:00.016", 16)]
    [InlineData("0", 0)]
    public void Time_Is_Read_As_It_Is_Written(string text, long milliseconds) =>
        Assert.Equal((true, milliseconds), (SettingText.TryReadTime(text, out var read), (long)read.TotalMilliseconds));

    [Theory]
    [InlineData("2")]
    [InlineData("00:05")]
    [InlineData("5 m")]
    [InlineData("min")]
    [InlineData("soon")]
    [InlineData("")]
    public void Time_That_Could_Mean_Another_Is_None(string text) => Assert.False(SettingText.TryReadTime(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1536, "1,536 B")]
    [InlineData(2048, "2 KiB")]
    [InlineData(16_777_216, "16 MiB")]
    [InlineData(4_294_967_296, "4 GiB")]
    public void Size_Is_Written_In_Its_Largest_Unit(long bytes, string text) => Assert.Equal(text, SettingText.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(16, "16 ms")]
    [InlineData(90_000, "90 s")]
    [InlineData(300_000, "5 min")]
    [InlineData(86_400_000, "1 d")]
    public void Time_Is_Written_In_Its_Largest_Unit(long milliseconds, string text) =>
        Assert.Equal(text, SettingText.Time(TimeSpan.FromMilliseconds(milliseconds)));
}
