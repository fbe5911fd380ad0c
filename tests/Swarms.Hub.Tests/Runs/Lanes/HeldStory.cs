using System.Security.Cryptography;
using System.Text;
using Swarms.Hub.Protocol;
using Swarms.Hub.Support;
using Swarms.Hub.Testing;

namespace Swarms.Hub.Runs;

/// <summary>A run whose text is held, its room's members, and what the room must have of it.</summary>
internal sealed class HeldStory(HeldRoom room, HeldRun run, IReadOnlyList<string> texts) : IAsyncDisposable
{
    public const int Seconds = 5;

    private const int MaxViewers = 3;

    private readonly HeldReference _reference = new(Seconds);
    private readonly List<TestViewer> _viewers = [];
    private readonly List<RoomFrame> _seen = [];
    private int _sent;

    public HeldRun Run => run;

    public static async Task<HeldStory> BeginAsync(HeldRoom room, IReadOnlyList<HeldAct> acts)
    {
        var made = 0;
        var texts = acts.Where(act => act.Kind == HeldAct.Kinds.Append).Select(act => Write(act, ref made)).ToList();
        var story = new HeldStory(room, await room.StartRunAsync(room.Host, texts), texts);
        await story.JoinAsync();
        return story;
    }

    public async Task DoAsync(HeldAct act)
    {
        var length = _reference.Length;
        switch (act.Kind)
        {
            case HeldAct.Kinds.Append:
                _reference.Append(texts[_sent++], room.Time.GetUtcNow());
                await run.SendAsync();
                break;
            case HeldAct.Kinds.Wait:
                room.Time.Advance(TimeSpan.FromSeconds(act.A % (Seconds + 2)));
                break;
            case HeldAct.Kinds.Mask:
                await MaskAsync((act.A % (length + 3)) - 1, (act.B % (length + 3)) - 1);
                break;
            case HeldAct.Kinds.MaskHeld:
                var start = _reference.Released + (act.A % (length - _reference.Released + 1));
                await MaskAsync(start, start + 1 + (act.B % 4));
                break;
            case HeldAct.Kinds.Release:
                var to = (act.A % (length + 3)) - 1;
                Assert.Equal(_reference.Release(to), (await run.ReleaseAsync(to)).Status);
                break;
            case HeldAct.Kinds.ReleaseAll:
                Assert.Equal(_reference.Release(null), (await run.ReleaseAsync()).Status);
                break;
            case HeldAct.Kinds.Join when _viewers.Count < MaxViewers:
                await JoinAsync();
                break;
            case HeldAct.Kinds.Resume:
                var resumed = await _viewers[0].ResumeAsync(room.Hub.Address, room.Participant.Admission);
                _seen.AddRange(_viewers[0].Frames);
                _viewers[0] = resumed;
                break;
        }

        await SettleAsync();
    }

    /// <summary>Ends the run in one of the ways, and compares everything that members can have of it.</summary>
    public async Task EndAsync(int way)
    {
        switch (way)
        {
            case 0:
                await room.Host.CancelAsync(run.Id);
                room.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case 1:
                await SendRestAsync();
                room.Time.Advance(TimeSpan.FromSeconds(Seconds));
                break;
            default:
                await SendRestAsync();
                // Where nothing is held, the run has ended by itself, or does so at this moment.
                var isHeld = _reference.Released < _reference.Length;
                _reference.Release(null);
                var released = (await run.ReleaseAsync()).Status;
                Assert.True(released == 204 || (released == 409 && !isHeld), $"The release was answered {released}.");
                break;
        }

        if (way != 0)
            _reference.Settle(room.Time.GetUtcNow());

        var ended = await run.EndedAsync();
        Assert.Equal((way == 0 ? EventTypes.Cancelled : EventTypes.Done, _reference.Given), (ended.State, ended.Text));
        if (way != 0)
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_reference.Given))), ended.Sha256);

        foreach (var viewer in _viewers)
            await viewer.EndOfAsync(run.Id);

        await CompareAsync(room.Participant);
    }

    /// <summary>Waits until each viewer has what the room has.</summary>
    public async Task HaveSeenAsync()
    {
        foreach (var viewer in _viewers)
            await viewer.WaitAsync(() => viewer.FindRun(run.Id)?.Text == _reference.Given);
    }

    /// <summary>Compares everything that a member can have of the run.</summary>
    public async Task CompareAsync(MemberCaller member)
    {
        var log = await member.EventsAsync();
        RunState? folded = null;
        foreach (var roomEvent in log.Where(e => e.Run == run.Id))
        {
            if (folded is null)
                folded = RunState.FromFirst(roomEvent);
            else
                folded.Apply(roomEvent);
        }

        Assert.Equal((_reference.Given, true), (folded!.ToRun().Text, folded.HasEnded));
        Assert.Equal(_reference.Masks, folded.ToRun().Masks ?? []);
        var bySequence = log.ToDictionary(e => e.Sequence, HeldRoom.Relaxed);
        var frames = _seen.Concat(_viewers.SelectMany(viewer => viewer.Frames)).ToList();
        foreach (var roomEvent in frames.SelectMany(frame => frame.Events ?? []))
            Assert.Equal(bySequence[roomEvent.Sequence], HeldRoom.Relaxed(roomEvent));

        foreach (var viewer in _viewers)
            Assert.Equal(_reference.Given, viewer.FindRun(run.Id)!.Text);

        var said = new List<string> { HeldRoom.Relaxed(frames), string.Concat(bySequence.Values) };
        string[] paths =
            ["", "/transcript?format=json", "/transcript?format=txt", "/transcript?format=replay", $"/runs/{run.Id}", "/runs"];
        foreach (var path in paths)
            said.Add(Plain(await member.GetAsync(room.Host.Path + path)));

        foreach (var hidden in _reference.Hidden)
            Assert.DoesNotContain(said, text => text.Contains(hidden, StringComparison.Ordinal));

        if (_reference.Hidden.FirstOrDefault() is { } first)
        {
            var found = await member.GetAsync($"{room.Host.Path}/runs?q={Uri.EscapeDataString(first)}");
            Assert.Equal(0, found.Json.GetProperty("runs").GetArrayLength());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in _viewers)
            await viewer.DisposeAsync();
    }

    // Every letter comes once, so that a leak is found wherever it is. Marks and joiners begin and end texts too.
    private static string Write(HeldAct act, ref int made)
    {
        var text = new StringBuilder();
        for (var (i, rest) = (0, act.A + (1_000 * act.B)); i < 1 + (act.B % 4); i++, rest /= 5)
        {
            var letter = made++;
            text.Append((rest % 5) switch
            {
                0 => "\u0301",
                1 => $"{(char)('\u4E00' + letter)}\u0301",
                2 => char.ConvertFromUtf32(0x20000 + letter),
                3 => $"{(char)('\u4E00' + letter)}\u200D",
                _ => $"{(char)('\u4E00' + letter)}",
            });
        }

        return text.ToString();
    }

    private static string Plain(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        return answer.Headers["Content-Type"].Contains("json", StringComparison.Ordinal) ? HeldRoom.Relaxed(answer.Json) : answer.Text;
    }

    private async Task SendRestAsync()
    {
        for (; _sent < texts.Count; _sent++)
            _reference.Append(texts[_sent], room.Time.GetUtcNow());

        await run.FinishInLaneAsync();
    }

    private async Task MaskAsync(int start, int end) => Assert.Equal(_reference.Mask(start, end), (await run.MaskAsync(start, end)).Status);

    private async Task JoinAsync() => _viewers.Add(await TestViewer.JoinAsync(room.Hub.Address, room.Participant.Admission));

    // The clock stands, so the room comes to exactly this and stays there.
    private async Task SettleAsync()
    {
        _reference.Settle(room.Time.GetUtcNow());
        await room.HasTextAsync(run.Id, _reference.Given);
        await HeldRoom.UntilAsync(async () => _reference.Masks.SequenceEqual((await run.InRoomAsync()).Masks ?? []));
    }
}
