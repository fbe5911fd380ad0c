using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

public sealed class LogPositionTests
{
    private static readonly LogPosition Position = new(7, new EventLink(1, 2));

    [Fact]
    public void Cursor_Proves_The_History_Of_Every_Audience_And_Says_Which_One_Its_Holder_Is_Of()
    {
        foreach (var audience in Enum.GetValues<Audience>())
        {
            var cursor = LogPosition.ParseCursor(Position.ToString(audience))!.Value;

            Assert.True(Position.IsProvenBy(cursor));
            Assert.Equal(audience, Position.FindAudience(cursor));
            Assert.Equal($"{RoomState.Version:x2}{(byte)audience:x2}", cursor.Token[..4]);
            Assert.Null((Position with { Sequence = 8 }).FindAudience(cursor));
            Assert.Null((Position with { Link = new EventLink(1, 3) }).FindAudience(cursor));
            Assert.Null((Position with { Link = null }).FindAudience(cursor));
            Assert.Null(Position.FindAudience(cursor with { Token = $"{cursor.Token[..2]}03{cursor.Token[4..]}" }));
        }

        Assert.Equal(Position.ToString(Audience.WithCosts), Position.ToString());
        Assert.Equal("7", (Position with { Link = null }).ToString(Audience.WithoutCosts));
    }
}
