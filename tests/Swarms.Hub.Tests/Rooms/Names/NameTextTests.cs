using System.Text;
using Swarms.Hub.Errors;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;

namespace Swarms.Hub.Rooms;

public sealed class NameTextTests(SharedHub shared)
{
    private readonly HubUnderTest _hub = shared.Hub;

    [Theory]
    [InlineData("\u202EnimdA\u202C", "nimdA")]
    [InlineData("\u2066Ann\u2069", "Ann")]
    [InlineData("A\u0301", "\u00C1")]
    [InlineData("A\u200B\u0301", "\u00C1")]
    [InlineData("\u00C1", "\u00C1")]
    [InlineData("한", "한")]
    [InlineData("  one\r\n\ttwo\u2028three\u00A0\u3000four  ", "one two three four")]
    [InlineData("An\u200Bn\uFEFF\u2060\u00AD\u034F", "Ann")]
    [InlineData("An\u200Dn A\u200Cb", "Ann Ab")]
    [InlineData("Ann\u0007\u001b[31m\0", "Ann[31m")]
    [InlineData("\u0301Ann \u0301B", "Ann B")]
    [InlineData("A\uFE0Fnn\u3164 \u2800x\U000E0041", "Ann x")]
    [InlineData("\u200FAnn\u200E\u061C", "Ann")]
    [InlineData("Ann\uFFFE\uFDD0\U0001FFFF", "Ann")]
    public void Invisible_Characters_Are_Dropped_And_Lines_Are_Joined(string text, string expected) =>
        Assert.Equal(expected, NameText.Normalize(text));

    [Theory]
    [InlineData("👩‍🔬 👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍🚀 ❤️‍🔥 🏴‍☠️")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ☂️ ℹ️ ©️")]
    [InlineData("می‌خواهم")]
    [InlineData("क्‍ष क्‌ष हिन्दी")]
    [InlineData("র‍্য")]
    [InlineData("ශ්‍රී")]
    [InlineData("葛\U000E0100城")]
    [InlineData("Zoë Ngọc Ñandú Łukasz")]
    [InlineData("שָׁלוֹם ﷺ 学生 ไทย བོད")]
    [InlineData("؀١٢٣")]
    public void Names_Of_All_Scripts_And_Emoji_Stay(string name) =>
        Assert.Equal(name.Normalize(NormalizationForm.FormC), NameText.Normalize(name));

    [Theory]
    [InlineData("👩\u200D")]
    [InlineData("\u200D👩")]
    [InlineData("👩\u200D\u200D")]
    [InlineData("👩\u200DA")]
    public void Joiner_With_Nothing_To_Join_Is_Dropped(string text) => Assert.DoesNotContain('\u200D', NameText.Normalize(text));

    [Fact]
    public void Marks_On_One_Letter_Are_Bounded()
    {
        Assert.Equal("\u00C1" + new string('\u0301', 8) + "b", NameText.Normalize("A" + new string('\u0301', 100) + "b"));
        Assert.Equal("क्\u093F", NameText.Normalize("क्\u093F"));
    }

    [Fact]
    public void Half_Of_A_Pair_Is_Replaced() => Assert.Equal("a\uFFFDb\uFFFD", NameText.Normalize("a\ud83db\udc00"));

    [Fact]
    public void Normalizing_Twice_Changes_Nothing_More()
    {
        string[] texts =
        [
            "A" + new string('\u0301', 100), "A\u200B\u0301\u0302\u200D", "क्\u200D\u200Dष", "🏴\U000E0067x", "e\u0301\u0327",
        ];
        foreach (var text in texts)
        {
            var once = NameText.Normalize(text);
            Assert.Equal(once, NameText.Normalize(once));
            Assert.True(once.IsNormalized());
        }
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u202E\u2066 \u00A0\n")]
    [InlineData("\u3164")]
    [InlineData("\u0301\u0301")]
    [InlineData("\uFE0F")]
    public async Task Name_Without_Anything_Visible_Is_Refused_At_Every_Door(string nothing)
    {
        Assert.Equal(ErrorCodes.Invalid, Assert.Throws<HubErrorException>(() => NameText.Require(nothing, "name", 100)).Code);
        var host = await _hub.CreateRoomAsync();
        var invite = MemberCaller.Secret(await host.CreateInviteAsync(new { role = "viewer" }));

        (await _hub.Anybody().PostAsync("/api/rooms", new { name = nothing })).IsProblem(400, "invalid");
        (await _hub.Anybody().PostAsync("/api/rooms", new { name = "Room", memberName = nothing })).IsProblem(400, "invalid");
        (await _hub.Anybody().PostAsync("/api/join", new { invite, name = nothing })).IsProblem(400, "invalid");
        (await host.PatchAsync(host.Path, new { name = nothing })).IsProblem(400, "invalid");
        (await host.PatchAsync($"{host.Path}/members/{host.Member}", new { name = nothing })).IsProblem(400, "invalid");
    }

    [Fact]
    public async Task Everybody_Sees_The_Normalized_Name()
    {
        var host = await _hub.CreateRoomAsync("\u202EPhysics\nA\u0301");
        var bob = await host.InviteAsync("viewer", "\u202EnimdA");

        var room = (await bob.GetAsync(bob.Path)).Json;

        Assert.Equal("Physics \u00C1", room.GetProperty("room").GetProperty("name").GetString());
        Assert.Equal("nimdA", room.GetProperty("me").GetProperty("name").GetString());
    }

    [Fact]
    public void Name_That_Is_Too_Long_Is_Refused_By_What_Others_Would_See()
    {
        Assert.Equal(100, NameText.Require(new string('a', 100) + new string('\u200B', 50), "name", 100).Length);
        foreach (var text in new[] { new string('a', 101), new string('\u200B', 801) })
        {
            var refusal = Assert.Throws<HubErrorException>(() => NameText.Require(text, "name", 100));
            Assert.Equal(ErrorCodes.TooLarge, refusal.Code);
        }
    }
}
