using System.Security.Cryptography;
using CsCheck;

namespace Swarms.Hub.RoomLogs;

public sealed class EventLinkTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly Gen<string> Text = Gen.Char["abß葉."].Array[0, 6].Select(letters => new string(letters));

    private static readonly Gen<Fields> Any = Gen.Select(
        Gen.Long[0, long.MaxValue - 1],
        Gen.DateTime.Select(time => new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero)),
        Gen.Select(Text, Text, Text),
        Gen.Byte.Array[1, 40],
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new EventLink(high, low)),
        (sequence, at, texts, data, before) => new Fields(before, sequence, at, texts.Item1, texts.Item2, texts.Item3, data));

    private static readonly DataKey Key = DataKey.Create();

    [Fact]
    public void Links_Digests_And_Cursors_Are_Those_That_Another_Program_Computed()
    {
        var events = 0;
        foreach (var chain in LinkCases.Load().Chains)
        {
            var link = EventLink.Read(Convert.FromHexString(chain.Link).AsSpan());
            Assert.Equal(chain.Cursor, new LogPosition(chain.Sequence, link).ToString());
            foreach (var expected in chain.Events)
            {
                var digest = Convert.FromHexString(expected.Digest);
                var next = link.Next(expected.Sequence, expected.At, expected.Type, expected.Run, expected.By, digest);
                Assert.Equal(expected.Link, next.ToString());
                Assert.Equal(expected.Link, Convert.ToHexStringLower(next.ToBytes()));
                Assert.Equal(expected.Cursor, new LogPosition(expected.Sequence, next).ToString());
                if (expected.ToPending() is { } pending)
                {
                    Assert.Equal(expected.Digest, Convert.ToHexStringLower(pending.Digest.Span));
                    Assert.Equal(next, link.Next(expected.Sequence, pending));
                }

                link = next;
                events++;
            }
        }

        Assert.InRange(events, 20, int.MaxValue);
    }

    [Fact]
    public void Any_Change_Of_One_Field_Is_Another_Link() => Gen.Select(Any, Gen.Int[0, int.MaxValue]).Sample(
        (fields, place) =>
        {
            var link = fields.Link();
            Assert.All(fields.Changes(place), changed => Assert.NotEqual(link, changed.Link()));
        },
        output.WriteLine,
        iter: 2_000);

    [Fact]
    public void Letter_That_Moves_From_One_Text_To_The_Next_Is_Another_Link() => Any.Sample(
        fields =>
        {
            var link = fields.Link();
            Assert.All(fields.Moves(), changed => Assert.NotEqual(link, changed.Link()));
        },
        output.WriteLine,
        iter: 2_000);

    [Fact]
    public void Field_That_Is_Not_There_Is_An_Empty_One()
    {
        var (before, digest) = (EventLink.CreateFirst(), RandomNumberGenerator.GetBytes(32));

        Assert.Equal(before.Next(1, Now, "message", "", "", digest), before.Next(1, Now, "message", null, null, digest));
    }

    [Fact]
    public void Time_Counts_To_The_Millisecond_As_On_The_Wire_Also_Before_1970()
    {
        var (before, digest) = (EventLink.CreateFirst(), RandomNumberGenerator.GetBytes(32));
        foreach (var time in new[] { Now, DateTimeOffset.UnixEpoch.AddMilliseconds(-1), DateTimeOffset.MinValue })
        {
            var link = before.Next(1, time, "message", null, null, digest);
            Assert.Equal(link, before.Next(1, time.AddTicks(TimeSpan.TicksPerMillisecond - 1), "message", null, null, digest));
            Assert.NotEqual(link, before.Next(1, time.AddTicks(TimeSpan.TicksPerMillisecond), "message", null, null, digest));
        }
    }

    [Fact]
    public void First_Links_Of_Two_Rooms_Differ() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => EventLink.CreateFirst()).Distinct().Count());

    [Fact]
    public void Digest_Of_The_Same_Data_Under_Another_Key_Differs()
    {
        var data = "{}"u8.ToArray();
        var (first, second) = (DataKey.Create(), DataKey.Create());

        Assert.Equal(first.Digest(data).ToArray(), first.Digest(data).ToArray());
        Assert.NotEqual(first.Digest(data).ToArray(), second.Digest(data).ToArray());
        // Two events with the same data have different keys.
        Assert.NotEqual(
            PendingEvent.Create(Now, "message", null, new { }).Digest.ToArray(),
            PendingEvent.Create(Now, "message", null, new { }).Digest.ToArray());
    }

    [Fact]
    public void Link_Is_Stored_And_Read_As_It_Was()
    {
        var link = EventLink.CreateFirst();

        Assert.Equal(link, EventLink.Read(link.ToBytes().AsSpan()));
        Assert.Equal(EventLink.Size, link.ToBytes().Length);
        Assert.Null(EventLink.Read((byte[]?)null));
    }

    private sealed record Fields(EventLink Before, long Sequence, DateTimeOffset At, string Type, string Run, string By, byte[] Data)
    {
        public EventLink Link() => Before.Next(Sequence, At, Type, Run, By, Key.Digest(Data).Span);

        public IEnumerable<Fields> Changes(int place) =>
        [
            this with { Before = Before with { High = Before.High ^ (1UL << (place % 64)) } },
            this with { Before = Before with { Low = Before.Low ^ (1UL << (place % 64)) } },
            this with { Sequence = Sequence + 1 },
            this with { Sequence = Sequence ^ (1L << (place % 63)) },
            this with { At = At.AddMilliseconds(At < Now ? 1 : -1) },
            this with { At = Now.AddMilliseconds(At == Now ? 1 : 0) },
            this with { Type = Changed(Type, place) },
            this with { Run = Changed(Run, place) },
            this with { By = Changed(By, place) },
            this with { Data = Flipped(place % Data.Length) },
            this with { Data = [.. Data, 0] },
        ];

        public IEnumerable<Fields> Moves()
        {
            if (Type.Length > 0)
                yield return this with { Type = Type[..^1], Run = Type[^1] + Run };

            if (Run.Length > 0)
            {
                yield return this with { Run = Run[..^1], By = Run[^1] + By };
                yield return this with { Type = Type + Run[0], Run = Run[1..] };
            }

            if (By.Length > 0)
                yield return this with { Run = Run + By[0], By = By[1..] };

            if (Run != By)
                yield return this with { Run = By, By = Run };
        }

        private byte[] Flipped(int place) => [.. Data[..place], (byte)~Data[place], .. Data[(place + 1)..]];

        // No generated text has this letter.
        private static string Changed(string text, int place) =>
            text.Length == 0 ? "c" : text[..(place % text.Length)] + "c" + text[((place % text.Length) + 1)..];
    }
}
